// Package client is a client of Airweave's API that comes through what passes, and gives up what does
// not.
package client

import (
	"io"
	"math/rand"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	attempts = 4
	patience = 5 * time.Second // who is told to wait longer comes back another day
)

// waitBefore says how long to wait for the next attempt, and whether there is one.
func waitBefore(attempt int, answer *http.Response) (time.Duration, bool) {
	passing := answer.StatusCode == http.StatusTooManyRequests || answer.StatusCode >= 500
	if !passing || attempt+1 == attempts {
		return 0, false
	}
	if told, err := strconv.Atoi(answer.Header.Get("Retry-After")); err == nil {
		wait := time.Duration(told) * time.Second
		return wait, wait <= patience
	}
	jitter := 0.8 + 0.4*rand.Float64()
	return time.Duration(jitter * float64(100*time.Millisecond<<attempt)), true
}

// CreateSource gives the status of the last attempt.
func CreateSource(server, name string) (int, error) {
	for attempt := 0; ; attempt++ {
		body := strings.NewReader(`{"name": "` + name + `", "short_name": "stripe"}`)
		request, err := http.NewRequest(http.MethodPost, server+"/source-connections", body)
		if err != nil {
			return 0, err
		}
		request.Header.Set("X-API-Key", "my-key")
		request.Header.Set("Content-Type", "application/json")
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			return 0, err
		}
		_, _ = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		wait, again := waitBefore(attempt, answer)
		if !again {
			return answer.StatusCode, nil
		}
		time.Sleep(wait)
	}
}
