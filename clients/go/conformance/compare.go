package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"google.golang.org/grpc/codes"

	"erpsync.dev/erpsync"
)

// What is expected of a refusal.
type refused struct {
	Code     codes.Code        `json:"code"`
	Reason   string            `json:"reason"`
	Metadata map[string]string `json:"metadata"`
	Fields   []string          `json:"fields"`
}

func (r *refused) check(err error) error {
	if err == nil {
		return fmt.Errorf("it was not refused")
	}
	why, ok := erpsync.AsRefusal(err)
	if !ok {
		return fmt.Errorf("no refusal: %w", err)
	}
	if why.Code != r.Code || why.Reason != r.Reason {
		return fmt.Errorf("refused with %w", why)
	}
	for name, value := range r.Metadata {
		if got, ok := why.Metadata[name]; !ok || value != "*" && got != value || got == "" && value == "*" {
			return fmt.Errorf("metadata %s is %q", name, got)
		}
	}
	for _, path := range r.Fields {
		if !slices.ContainsFunc(why.Fields, func(it erpsync.Field) bool { return it.Path == path }) {
			return fmt.Errorf("the fields at fault are %v", why.Fields)
		}
	}
	return nil
}

// Whether what is expected is in the answer.
func compare(want, got any, path string) error {
	wrong := func() error {
		expected, _ := json.Marshal(want)
		came, _ := json.Marshal(got)
		return fmt.Errorf("%s is %s, not %s", strings.TrimPrefix(path, "."), came, expected)
	}
	if want == "*" {
		if isDefault(got) {
			return wrong()
		}
		return nil
	}
	if path != "" && isDefault(want) {
		if !isDefault(got) {
			return wrong()
		}
		return nil
	}
	switch want := want.(type) {
	case map[string]any:
		fields, _ := got.(map[string]any)
		for name, it := range want {
			if err := compare(it, fields[name], path+"."+name); err != nil {
				return err
			}
		}
	case []any:
		items, _ := got.([]any)
		if len(items) != len(want) {
			return wrong()
		}
		for n, it := range want {
			if err := compare(it, items[n], path+"."+strconv.Itoa(n)); err != nil {
				return err
			}
		}
	case nil:
	default:
		if got != want {
			return wrong()
		}
	}
	return nil
}

func isDefault(it any) bool {
	switch it := it.(type) {
	case nil:
		return true
	case map[string]any:
		return len(it) == 0
	case []any:
		return len(it) == 0
	}
	return it == "" || it == "0" || it == 0.0 || it == false
}

// The text at a path as `lines.0.lineId`.
func at(it any, path string) (string, error) {
	for name := range strings.SplitSeq(path, ".") {
		switch inside := it.(type) {
		case map[string]any:
			it = inside[name]
		case []any:
			n, err := strconv.Atoi(name)
			if err != nil || n < 0 || len(inside) <= n {
				return "", fmt.Errorf("there is no %s", path)
			}
			it = inside[n]
		default:
			it = nil
		}
	}
	if it == nil {
		return "", fmt.Errorf("there is no %s", path)
	}
	if text, ok := it.(string); ok {
		return text, nil
	}
	text, err := json.Marshal(it)
	return string(text), err
}
