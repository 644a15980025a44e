// Package mockduit gives each test a session of its own on a mock server of data-connection APIs.
// A test fails where a verdict on its requests does. It never touches the client under test.
package mockduit

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"runtime/debug"
	"strings"
	"testing"
	"time"
)

// The server ends when its command does, and `cat` when this process does, however that ends.
const command = `exec "${MOCKDUIT_BIN:-mockduit}" exec --port 0 -- sh -c 'echo "$MOCKDUIT_URL"; exec cat'`

var server = strings.TrimRight(os.Getenv("MOCKDUIT_URL"), "/")

// Main is all that a TestMain needs. It uses the server at MOCKDUIT_URL, or else starts one.
func Main(m *testing.M) {
	if server == "" {
		defer start()()
	}
	m.Run() // its code is that of the process
}

func start() (stop func()) {
	var said bytes.Buffer
	process := exec.Command("sh", "-c", command)
	process.Stderr = &said
	input, _ := process.StdinPipe()
	output, _ := process.StdoutPipe()
	_ = process.Start()
	if _, _ = fmt.Fscanln(output, &server); server == "" {
		_ = process.Wait() // all is said then
		log.Fatalf("mockduit does not start (exit code %d): %s", process.ProcessState.ExitCode(), &said)
	}
	return func() { input.Close(); _ = process.Wait() }
}

// SessionName is the test's name where that is a valid one; else the end of it and a hash.
func SessionName(test string) string {
	if regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`).MatchString(test) {
		return test
	}
	words := strings.ToLower(regexp.MustCompile(`[^A-Za-z0-9._-]+`).ReplaceAllString(test, "-"))
	words = strings.Trim(regexp.MustCompile(`.{0,55}$`).FindString(words), "-._")
	return strings.TrimLeft(fmt.Sprintf("%s-%.4x", words, sha256.Sum256([]byte(test))), "-")
}

// Settings are a session's: scenario, seed, clock, editions, seed_state.
type Settings map[string]any

// Mockduit is the session of one test. A call that the server refuses ends the test.
type Mockduit struct {
	Session string
	t       testing.TB
	home    string
	checks  []string
}

// Verdict is what one check says of the session: each fault, with the exchanges that prove it.
type Verdict struct {
	Check, Result, Summary string
	Findings               []struct {
		Text      string
		Exchanges []int
	}
}

// New begins the session of this test, which is verified when the test ends and has not failed.
func New(t testing.TB, settings Settings) *Mockduit {
	t.Helper()
	name := t.Name()
	if build, ok := debug.ReadBuildInfo(); ok {
		name = build.Path + "/" + name // another package may have a test of this name
	}
	session := SessionName(name)
	m := &Mockduit{session, t, "/__admin/sessions/" + session, []string{"all"}}
	m.ask("DELETE", m.home, nil) // an earlier run may have left it
	m.Set(settings)
	t.Cleanup(func() { _ = t.Failed() || m.Verify() })
	return m
}

// URL is the base URL for a client of this vendor.
func (m *Mockduit) URL(vendor string) string {
	m.t.Helper()
	paths := m.ask("GET", "/", nil).Paths
	if _, known := paths[vendor]; !known {
		m.t.Fatalf("no vendor is called '%s'; there are %v", vendor, paths)
	}
	return server + "/@" + m.Session + paths[vendor]
}

// Set changes settings of the session.
func (m *Mockduit) Set(settings Settings) {
	m.t.Helper()
	if settings != nil {
		m.ask("PUT", m.home, settings)
	}
}

// Advance moves the session's clock ahead.
func (m *Mockduit) Advance(by time.Duration) {
	m.t.Helper()
	m.ask("POST", m.home+"/clock/advance", Settings{"by": by.String()})
}

// Requests is the journal: every exchange, the oldest first.
func (m *Mockduit) Requests() []any { return m.ask("GET", m.home+"/requests", nil).Requests }

// Verdicts has what the checks say so far.
func (m *Mockduit) Verdicts() []Verdict { return m.ask("GET", m.home+"/verdicts", nil).Verdicts }

// Require names the checks to hold instead of "all"; each must be exercised. None: nothing fails.
func (m *Mockduit) Require(checks ...string) { m.checks = checks }

// Verify fails the test unless the verdicts are as required, and says whether it goes on without
// a failure. The test's end calls it.
func (m *Mockduit) Verify() bool {
	required := map[string]bool{}
	for _, check := range m.checks {
		required[check] = true
	}
	if required["all"] && len(m.Requests()) == 0 {
		m.t.Errorf("mockduit session %s: no request came; does the client use its URL?", m.Session)
	}
	for _, one := range m.Verdicts() {
		if one.Result != "pass" && (required[one.Check] || required["all"] && one.Result != "not_exercised") {
			m.fail(one)
		}
		delete(required, one.Check)
	}
	delete(required, "all")
	for check := range required {
		m.t.Errorf("mockduit session %s: no check is called '%s'", m.Session, check)
	}
	return !m.t.Failed()
}

// fail tells each finding of a verdict, or its summary where it has none.
func (m *Mockduit) fail(verdict Verdict) {
	told := fmt.Sprintf("mockduit session %s: %s: ", m.Session, verdict.Check)
	if len(verdict.Findings) == 0 {
		m.t.Error(told + verdict.Summary)
	}
	for _, one := range verdict.Findings {
		for _, exchange := range one.Exchanges {
			one.Text += fmt.Sprint(" #", exchange)
		}
		m.t.Error(told + one.Text)
	}
}

// ask calls the server; of its answer it gives what a call here needs.
func (m *Mockduit) ask(method, path string, body Settings) (answer struct {
	Paths    map[string]string
	Requests []any
	Verdicts []Verdict
}) {
	m.t.Helper()
	text, _ := json.Marshal(body)
	where, _ := url.Parse(server + path)
	response, err := http.DefaultClient.Do(&http.Request{
		Method: method, URL: where, Body: io.NopCloser(bytes.NewReader(text)),
		Header: http.Header{"Authorization": {"Bearer " + os.Getenv("MOCKDUIT_ADMIN_TOKEN")}},
	})
	if err != nil {
		m.t.Fatal(err)
	}
	defer response.Body.Close()
	said, _ := io.ReadAll(response.Body)
	if response.StatusCode >= 300 {
		m.t.Fatalf("%s %s%s: %s", method, server, path, said)
	}
	_ = json.Unmarshal(said, &answer) // what has none of these members is not wanted
	return answer
}
