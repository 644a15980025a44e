// One server for the run, a session for each test, and its verdicts at the end of the test.
package client

import (
	"bufio"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

var server string

func TestMain(m *testing.M) {
	os.Exit(serve(m))
}

func serve(m *testing.M) int {
	command := os.Getenv("MOCKDUIT")
	if command == "" {
		command = "mockduit"
	}
	process := exec.Command(command, "serve", "--port", "0")
	process.Stderr = os.Stderr
	output, err := process.StdoutPipe()
	if err != nil {
		panic(err)
	}
	if err := process.Start(); err != nil {
		panic(err)
	}
	defer process.Wait()
	defer process.Process.Signal(os.Interrupt)
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		panic("the server did not start")
	}
	server = strings.TrimSpace(strings.TrimPrefix(line, "listening on "))
	return m.Run()
}

// mockduit gives the URL of a world of the test's own, in which the scenario is played.
func mockduit(t *testing.T, scenario string) string {
	t.Helper()
	session := sessionOf(t.Name())
	t.Cleanup(func() { judge(t, session) })
	return server + "/~" + scenario + "@" + session
}

// sessionOf is the beginning of the test's name, and a hash that tells it from others that begin so.
func sessionOf(test string) string {
	words := regexp.MustCompile("[^a-z0-9]+").ReplaceAllString(strings.ToLower(test), "-")
	return fmt.Sprintf("%.55s-%.4x", words, sha256.Sum256([]byte(test)))
}

func judge(t *testing.T, session string) {
	answer, err := http.Get(server + "/__admin/sessions/" + session + "/verdicts")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var told struct {
		Verdicts []struct{ Check, Result, Summary string }
	}
	if err := json.NewDecoder(answer.Body).Decode(&told); err != nil {
		t.Fatal(err)
	}
	if len(told.Verdicts) == 0 {
		t.Error("there are no verdicts")
	}
	for _, verdict := range told.Verdicts {
		if verdict.Result == "fail" || verdict.Result == "inconclusive" {
			t.Errorf("%s: %s", verdict.Check, verdict.Summary)
		}
	}
}
