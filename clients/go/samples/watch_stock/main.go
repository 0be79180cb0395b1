// The shop takes a snapshot of what it may sell, and then every change; started again, it goes on where it was.
//
//	watch_stock COUNT FILE
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"strconv"

	"erpsync.dev/erpsync"
	"erpsync.dev/erpsync/gen/erpsyncv1"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("how many messages, and in which file is the token?")
	}
	count, err := strconv.Atoi(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	file := os.Args[2]

	ctx := context.Background()
	shop, err := erpsync.Open(ctx, os.Getenv("ERPSYNC_ADDRESS"), os.Getenv("ERPSYNC_SHOP_TOKEN"))
	if err != nil {
		log.Fatal(err)
	}
	defer shop.Close()

	token, err := os.ReadFile(file)
	if err != nil && !os.IsNotExist(err) {
		log.Fatal(err)
	}
	request := &erpsyncv1.WatchStockRequest{Start: erpsync.StartAfter(string(token))}
	for message, err := range erpsync.Watch(ctx, shop.Stock().WatchStock, request) {
		if err != nil {
			log.Fatal(err)
		}
		levels := message.GetSnapshotChunk().GetLevels()
		if changes := message.GetChanges(); changes != nil {
			levels = changes.Levels
		}
		for _, level := range levels {
			fmt.Println(level.Sku, level.Sellable)
		}
		// The token comes last: who is stopped before hears the same again, who stored it first would miss it.
		if err := os.WriteFile(file, []byte(message.ResumeToken), 0o600); err != nil {
			log.Fatal(err)
		}
		if count--; count == 0 {
			break
		}
	}
}
