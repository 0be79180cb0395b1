package erpsync

import (
	"strings"
	"testing"

	"erpsync.dev/erpsync/gen/erpsyncv1"
)

func TestAllFollowsPages(t *testing.T) {
	page := func(next string, skus ...string) *erpsyncv1.ListStockResponse {
		it := &erpsyncv1.ListStockResponse{NextPageToken: next}
		for _, sku := range skus {
			it.Levels = append(it.Levels, &erpsyncv1.StockLevel{Sku: sku})
		}
		return it
	}
	f := serve(t)
	f.lists = map[string]*erpsyncv1.ListStockResponse{
		"three": page("/2", "A", "B"), "three/2": page("/3"), "three/3": page("", "C"),
		"none":   page(""),
		"broken": page("/damaged", "A"),
	}
	shop, _ := f.open(t)
	for _, it := range []struct{ list, items, reason string }{
		{"three", "A B C", ""},
		{"none", "", ""},
		{"broken", "A", "PAGE_TOKEN_INVALID"},
	} {
		var items []string
		var end error
		request := &erpsyncv1.ListStockRequest{Sku: it.list}
		for level, err := range All(t.Context(), shop.Stock().ListStock, request, (*erpsyncv1.ListStockResponse).GetLevels) {
			if end = err; err == nil {
				items = append(items, level.Sku)
			}
		}
		why, _ := AsRefusal(end)
		if got := strings.Join(items, " "); got != it.items || it.reason == "" && end != nil || it.reason != "" && why.Reason != it.reason {
			t.Errorf("%s: %s, %v", it.list, got, end)
		}
		if request.PageToken != "" {
			t.Error("the caller's message was changed")
		}
	}

	f.bytes = nil
	for range All(t.Context(), shop.Stock().ListStock, &erpsyncv1.ListStockRequest{Sku: "three"}, (*erpsyncv1.ListStockResponse).GetLevels) {
		break
	}
	if len(f.bytes) != 1 {
		t.Errorf("who leaves the loop on the first page asks for %d", len(f.bytes))
	}
}
