// The player of the scenario that all clients play: see clients/conformance/README.md.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"time"

	"erpsync.dev/erpsync"
)

// A step that takes longer hangs.
const stepMax = time.Minute

type step struct {
	Name      string            `json:"name"`
	As        string            `json:"as"`
	Call      string            `json:"call"`
	List      string            `json:"list"`
	Items     string            `json:"items"`
	Watch     string            `json:"watch"`
	Take      int               `json:"take"`
	CutAfter  int               `json:"cut_after"`
	Meanwhile *meanwhile        `json:"meanwhile"`
	RawStream string            `json:"raw_stream"`
	Request   json.RawMessage   `json:"request"`
	Expect    any               `json:"expect"`
	Refused   *refused          `json:"refused"`
	Keep      map[string]string `json:"keep"`
	Line      string            `json:"line"`
}

// A call that somebody makes while another watches.
type meanwhile struct {
	After   int             `json:"after"`
	As      string          `json:"as"`
	Call    string          `json:"call"`
	Request json.RawMessage `json:"request"`
}

type player struct {
	connections map[string]*erpsync.Connection
	line        string
	kept        map[string]string
}

func main() {
	text, err := os.ReadFile(os.Getenv("ERPSYNC_SCENARIO"))
	if err != nil {
		log.Fatal(err)
	}
	var table struct {
		Steps []json.RawMessage `json:"steps"`
	}
	if err := json.Unmarshal(text, &table); err != nil {
		log.Fatal(err)
	}
	p := &player{connections: open(), line: os.Getenv("ERPSYNC_LINE"), kept: map[string]string{}}
	failed := false
	for _, raw := range table.Steps {
		name, err := p.play(raw)
		if err != nil {
			failed = true
			fmt.Printf("not ok %s: %v\n", name, err)
		} else {
			fmt.Printf("ok %s\n", name)
		}
	}
	if failed {
		os.Exit(1)
	}
}

func open() map[string]*erpsync.Connection {
	connections := map[string]*erpsync.Connection{}
	for as, token := range map[string]string{
		"erp":      os.Getenv("ERPSYNC_ERP_TOKEN"),
		"shop":     os.Getenv("ERPSYNC_SHOP_TOKEN"),
		"shop-b":   os.Getenv("ERPSYNC_SHOP_B_TOKEN"),
		"tool":     os.Getenv("ERPSYNC_TOOL_TOKEN"),
		"stranger": "esk_0_0",
	} {
		connection, err := erpsync.Open(context.Background(), os.Getenv("ERPSYNC_ADDRESS"), token)
		if err != nil {
			log.Fatal(err)
		}
		connections[as] = connection
	}
	connections["nobody"] = connections["stranger"].WithToken("")
	return connections
}

// Plays one step, and says which it was.
func (p *player) play(raw json.RawMessage) (string, error) {
	var it step
	if err := json.Unmarshal(raw, &it); err != nil {
		return it.Name, err
	}
	name := it.Name
	// Anew, with what was kept; a name has none of it.
	if err := json.Unmarshal(p.filled(raw), &it); err != nil {
		return name, err
	}
	// No deadline: calls have the one that the client gives them.
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	defer time.AfterFunc(stepMax, cancel).Stop()

	if it.Line != "" {
		return name, p.accident(it.Line)
	}
	answer, last, err := p.answer(ctx, it)
	if it.Refused != nil {
		return name, it.Refused.check(err)
	}
	if err != nil {
		return name, err
	}
	if err := compare(it.Expect, answer, ""); err != nil {
		return name, err
	}
	return name, p.keep(it.Keep, last)
}

// What a step answers, and its last message.
func (p *player) answer(ctx context.Context, it step) (answer, last any, err error) {
	connection := p.connections[it.As]
	if connection == nil {
		return nil, nil, fmt.Errorf("who is %q?", it.As)
	}
	switch {
	case it.Call != "":
		answer, err = call(ctx, connection, it.Call, it.Request)
		return answer, answer, err
	case it.List != "":
		answer, err = list(ctx, connection, it.List, it.Items, it.Request)
		return answer, answer, err
	case it.Watch != "":
		return p.watch(ctx, connection, it)
	case it.RawStream != "":
		return rawStream(ctx, connection, it.RawStream, it.Request)
	}
	return nil, nil, fmt.Errorf("this player does not know what to do")
}

func (p *player) accident(what string) error {
	answer, err := http.Post(p.line+"/"+what, "text/plain", nil)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the line answers %s", answer.Status)
	}
	return nil
}

// The text with what was kept in place of `${name}`.
func (p *player) filled(text []byte) []byte {
	for name, value := range p.kept {
		quoted, _ := json.Marshal(value)
		text = bytes.ReplaceAll(text, []byte("${"+name+"}"), quoted[1:len(quoted)-1])
	}
	return text
}

func (p *player) keep(wanted map[string]string, last any) error {
	for name, path := range wanted {
		value, err := at(last, path)
		if err != nil {
			return err
		}
		p.kept[name] = value
	}
	return nil
}
