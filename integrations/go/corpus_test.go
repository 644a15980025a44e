package mockduit_test

// Makes a test of each entry of ../corpus.json. tests/e2e/integrations_test.py runs this.

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"example.com/mockduit"
)

type step struct {
	Call *struct {
		Vendor, Method, Path string
		Body                 json.RawMessage
	}
	Status   int
	Set      mockduit.Settings
	Advance  string
	Require  *[]string
	Requests *int
	Verdict  []string
	URL      string
	Ends     string
	Fail     string
}

type corpus struct {
	Credentials map[string]map[string]string
	Names       []struct{ Test, Session string }
	Tests       []struct {
		Name     string
		Settings mockduit.Settings
		Steps    []step
	}
}

func TestMain(m *testing.M) { mockduit.Main(m) }

func read(t *testing.T) (all corpus) {
	text, err := os.ReadFile("../corpus.json")
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestCorpus(t *testing.T) {
	all := read(t)
	for number, one := range all.Tests {
		one := one
		t.Run(fmt.Sprint(number, " ", one.Name), func(t *testing.T) {
			mock := mockduit.New(t, one.Settings)
			for _, step := range one.Steps {
				take(t, mock, step, all)
			}
		})
	}
}

func take(t *testing.T, mock *mockduit.Mockduit, step step, all corpus) {
	switch {
	case step.Call != nil:
		send(t, mock, step, all)
	case step.Set != nil:
		mock.Set(step.Set)
	case step.Advance != "":
		by, err := time.ParseDuration(step.Advance)
		if err != nil {
			t.Fatal(err)
		}
		mock.Advance(by)
	case step.Require != nil:
		mock.Require(*step.Require...)
	case step.Requests != nil:
		if count := len(mock.Requests()); count != *step.Requests {
			t.Fatalf("the journal has %d requests, not %d", count, *step.Requests)
		}
	case step.Verdict != nil:
		for _, one := range mock.Verdicts() {
			if one.Check == step.Verdict[0] && one.Result != step.Verdict[1] {
				t.Fatalf("%s is %s", one.Check, one.Result)
			}
		}
	case step.URL != "":
		end := strings.ReplaceAll(step.Ends, "{session}", mock.Session)
		if url := mock.URL(step.URL); !strings.HasSuffix(url, end) {
			t.Fatalf("%s does not end in %s", url, end)
		}
	default:
		t.Fatal(step.Fail)
	}
}

func send(t *testing.T, mock *mockduit.Mockduit, step step, all corpus) {
	url := mock.URL(step.Call.Vendor) + step.Call.Path
	request, err := http.NewRequest(step.Call.Method, url, strings.NewReader(string(step.Call.Body)))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	for name, value := range all.Credentials[step.Call.Vendor] {
		request.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != step.Status {
		t.Fatalf("%s is answered %d, not %d", url, response.StatusCode, step.Status)
	}
}

func TestNames(t *testing.T) {
	for _, entry := range read(t).Names {
		if name := mockduit.SessionName(entry.Test); name != entry.Session {
			t.Errorf("%q becomes %q, not %q", entry.Test, name, entry.Session)
		}
	}
}
