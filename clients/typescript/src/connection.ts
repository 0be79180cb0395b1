import type {
  DescMessage,
  DescMethodStreaming,
  DescMethodUnary,
  DescService,
  MessageInitShape,
} from "@bufbuild/protobuf";
import { type CallOptions, type Client, makeAnyClient } from "@connectrpc/connect";

import * as proto from "../gen/index.js";
import { Caller, type Wire } from "./caller.js";
import { type Clockwork, clockwork, type Retry } from "./patience.js";
import { isWatch, once } from "./requests.js";
import { watch } from "./watch.js";

type Asked = MessageInitShape<DescMessage>;

/** What every connection may be told. */
export interface Options {
  /** Hears of every wait before something is said again: for a log. */
  onRetry?: (retry: Retry) => void;
  /** @internal */
  clockwork?: Clockwork;
}

/**
 * The services of one server, called in the name of one system.
 *
 * Single calls are said again where that is safe and may help; watches resume by themselves. What
 * is refused in the end throws an {@link ErpsyncError}. Nothing is connected before the first call.
 */
export class Connection {
  readonly #caller: Caller;

  readonly admin: Client<typeof proto.AdminService> = this.client(proto.AdminService);
  readonly changes: Client<typeof proto.ChangeService> = this.client(proto.ChangeService);
  readonly compositions: Client<typeof proto.CompositionService> = this.client(proto.CompositionService);
  readonly creditNotes: Client<typeof proto.CreditNoteService> = this.client(proto.CreditNoteService);
  readonly inbox: Client<typeof proto.InboxService> = this.client(proto.InboxService);
  readonly invoices: Client<typeof proto.InvoiceService> = this.client(proto.InvoiceService);
  readonly monitoring: Client<typeof proto.MonitoringService> = this.client(proto.MonitoringService);
  readonly orders: Client<typeof proto.OrderService> = this.client(proto.OrderService);
  readonly ownership: Client<typeof proto.OwnershipService> = this.client(proto.OwnershipService);
  readonly parking: Client<typeof proto.ParkingService> = this.client(proto.ParkingService);
  readonly payments: Client<typeof proto.PaymentService> = this.client(proto.PaymentService);
  readonly reservations: Client<typeof proto.ReservationService> = this.client(proto.ReservationService);
  readonly returns: Client<typeof proto.ReturnService> = this.client(proto.ReturnService);
  readonly serverInfo: Client<typeof proto.ServerInfoService> = this.client(proto.ServerInfoService);
  readonly shipments: Client<typeof proto.ShipmentService> = this.client(proto.ShipmentService);
  readonly stock: Client<typeof proto.StockService> = this.client(proto.StockService);

  /** @internal Use `open`. */
  constructor(wire: Wire, token: string | null, options: Options) {
    this.#caller = new Caller(wire, token, options.clockwork ?? clockwork, options.onRetry);
  }

  /** Ends what is still going on, and the connections. Where nothing goes on, a program ends without it. */
  close(): void {
    this.#caller.close();
  }

  private client<S extends DescService>(service: S): Client<S> {
    return makeAnyClient(service, (method) => this.#how(method)) as Client<S>;
  }

  #how(method: DescMethodUnary | DescMethodStreaming) {
    switch (method.methodKind) {
      case "unary":
        return (request: Asked, options?: CallOptions) => this.#caller.single(method, request, options);
      case "server_streaming":
        return (request: Asked, options?: CallOptions) =>
          isWatch(method)
            ? watch(this.#caller, method, request, options)
            : this.#caller.stream(method, once(request), options);
      case "bidi_streaming":
        return (requests: AsyncIterable<Asked>, options?: CallOptions) =>
          this.#caller.stream(method, requests, options);
      case "client_streaming":
        // The API has none: every upload is answered as it goes.
        return null;
    }
  }
}
