// Package mockduit gives each test a session of its own on a mock server of data-connection APIs.
// A test fails where a verdict on its requests does. It never touches the client under test.
package mockduit

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"runtime/debug"
	"strings"
	"testing"
	"time"
)

// The server ends when its command does, and `cat` when this process does, however that ends.
var command = []string{"exec", "--port", "0", "--", "sh", "-c", `echo "$MOCKDUIT_URL"; exec cat`}
var server = strings.TrimRight(os.Getenv("MOCKDUIT_URL"), "/")

// Main is all that a TestMain needs. It uses the server at MOCKDUIT_URL, or else starts one.
func Main(m *testing.M) {
	stop := func() {}
	if server == "" {
		stop = start(os.Getenv("MOCKDUIT_BIN"))
	}
	code := m.Run()
	stop()
	os.Exit(code)
}

func start(binary string) (stop func()) {
	if binary == "" {
		binary = "mockduit"
	}
	var log bytes.Buffer
	process := exec.Command(binary, command...)
	process.Stderr = &log
	input, _ := process.StdinPipe()
	output, _ := process.StdoutPipe()
	if err := process.Start(); err != nil {
		fmt.Fprintf(os.Stderr, "%v; is MOCKDUIT_BIN right?\n", err)
		os.Exit(1)
	}
	line, _ := bufio.NewReader(output).ReadString('\n')
	if server = strings.TrimSpace(line); server == "" {
		_ = process.Wait() // the log is whole then
		code := process.ProcessState.ExitCode()
		fmt.Fprintf(os.Stderr, "mockduit does not start (exit code %d): %s\n", code, log.String())
		os.Exit(1)
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

// Verdict is what one check says of the session.
type Verdict struct {
	Check, Result, Summary string
	Findings               []Finding
}

// Finding is one fault, with the numbers of the exchanges that prove it.
type Finding struct {
	Text      string
	Exchanges []int
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
	t.Cleanup(func() {
		if !t.Failed() {
			m.Verify()
		}
	})
	return m
}

// URL is the base URL for a client of this vendor.
func (m *Mockduit) URL(vendor string) string {
	m.t.Helper()
	paths := m.ask("GET", "/", nil).Paths
	path, known := paths[vendor]
	if !known {
		m.t.Fatalf("no vendor is called '%s'; there are %v", vendor, paths)
	}
	return server + "/@" + m.Session + path
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

// Verify fails the test unless the verdicts are as required. The test's end calls it.
func (m *Mockduit) Verify() {
	m.t.Helper()
	required := map[string]bool{}
	for _, check := range m.checks {
		required[check] = true
	}
	if required["all"] && len(m.Requests()) == 0 {
		m.t.Errorf("mockduit session %s: no request came; does the client use its URL?", m.Session)
	}
	for _, one := range m.Verdicts() {
		bad := required["all"] && (one.Result == "fail" || one.Result == "inconclusive")
		if bad || required[one.Check] && one.Result != "pass" {
			m.fail(one)
		}
		delete(required, one.Check)
	}
	delete(required, "all")
	for check := range required {
		m.t.Errorf("mockduit session %s: no check is called '%s'", m.Session, check)
	}
}

// fail tells each finding of a verdict, or its summary where it has none.
func (m *Mockduit) fail(verdict Verdict) {
	m.t.Helper()
	if len(verdict.Findings) == 0 {
		verdict.Findings = []Finding{{Text: verdict.Summary}}
	}
	for _, one := range verdict.Findings {
		text := one.Text
		for _, exchange := range one.Exchanges {
			text += fmt.Sprint(" #", exchange)
		}
		m.t.Errorf("mockduit session %s: %s: %s", m.Session, verdict.Check, text)
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
	request, err := http.NewRequest(method, server+path, strings.NewReader(string(text)))
	if err != nil {
		m.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+os.Getenv("MOCKDUIT_ADMIN_TOKEN"))
	response, err := http.DefaultClient.Do(request)
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
