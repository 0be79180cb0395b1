// The ERP states what lies there of two articles.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"erpsync.dev/erpsync"
	"erpsync.dev/erpsync/gen/erpsyncv1"
)

func main() {
	ctx := context.Background()
	erp, err := erpsync.Open(ctx, os.Getenv("ERPSYNC_ADDRESS"), os.Getenv("ERPSYNC_ERP_TOKEN"))
	if err != nil {
		log.Fatal(err)
	}
	defer erp.Close()

	readings := []*erpsyncv1.StockReading{
		{Sku: "MUG", OnHand: "5"},
		{Sku: "CUP", OnHand: "2.5"},
	}
	answer, err := erp.Stock().SetStock(ctx, &erpsyncv1.SetStockRequest{Readings: readings})
	if err != nil {
		log.Fatal(err)
	}
	for _, result := range answer.Results {
		fmt.Println(readings[result.Index].Sku, result.Outcome, result.GetProblem().GetMessage())
	}
}
