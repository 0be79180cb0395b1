import type { CallOptions } from "@connectrpc/connect";

/** What the items of a page are. */
export type ItemOf<Page> = {
  [Field in Exclude<keyof Page, `$${string}`>]: Page[Field] extends readonly (infer Item)[] ? Item : never;
}[Exclude<keyof Page, `$${string}`>];

/**
 * Every item of a list, page by page: `for await (const level of items(shop.stock.listStock, {}))`.
 * The next page is asked for when the last item of the one before was taken.
 */
export async function* items<Request extends object, Page extends { nextPageToken: string }>(
  list: (request: Request, options?: CallOptions) => Promise<Page>,
  request: NoInfer<Request>,
  options?: CallOptions,
): AsyncGenerator<ItemOf<Page>, void, undefined> {
  for (let asked = request; ; ) {
    const page = await list(asked, options);
    yield* itemsOf(page);
    if (!page.nextPageToken) return;
    asked = { ...request, pageToken: page.nextPageToken };
  }
}

// A page has exactly one repeated field.
function itemsOf<Page extends object>(page: Page): ItemOf<Page>[] {
  const fields = Object.entries(page).filter(([name]) => !name.startsWith("$"));
  return fields.map(([, value]) => value).find((value) => Array.isArray(value)) ?? [];
}
