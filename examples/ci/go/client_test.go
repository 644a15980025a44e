package client

import "testing"

func expectStatus(t *testing.T, scenario string, wanted int) {
	t.Helper()
	status, err := CreateSource(mockduit(t, scenario), "My source")
	if err != nil {
		t.Fatal(err)
	}
	if status != wanted {
		t.Errorf("the status is %d, not %d", status, wanted)
	}
}

func TestCreateIsMadeThoughItIsThrottled(t *testing.T) {
	expectStatus(t, "throttled-twice", 200)
}

func TestBrokenServerIsGivenUp(t *testing.T) {
	expectStatus(t, "server-error", 500)
}
