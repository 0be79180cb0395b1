<?php

// Generated from erpsync/v1/error.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/**
 * Why something was refused. On the wire it stands in `google.rpc.ErrorInfo.reason` without the
 * prefix `REASON_`, with domain `erpsync` and the metadata named here. A message for people stands
 * beside it; programs decide by the reason alone.
 */
enum Reason: string
{
    /** Never sent. */
    case Unspecified = 'REASON_UNSPECIFIED';
    /**
     * INVALID_ARGUMENT. One or more fields are malformed, missing or out of range; all of them are
     * listed in `google.rpc.BadRequest`. Mend the request.
     */
    case FieldInvalid = 'REASON_FIELD_INVALID';
    /** INVALID_ARGUMENT. A write came without an identity. Give it a `request_id`. */
    case RequestIdRequired = 'REASON_REQUEST_ID_REQUIRED';
    /**
     * INVALID_ARGUMENT. The amounts of a document do not add up. Metadata: `part` (what was added),
     * `given`, `computed`, `currency_code`. Mend the document; erpsync never adjusts one.
     */
    case AmountsDoNotAddUp = 'REASON_AMOUNTS_DO_NOT_ADD_UP';
    /** INVALID_ARGUMENT. The page token is damaged or belongs to another request. Start at page one. */
    case PageTokenInvalid = 'REASON_PAGE_TOKEN_INVALID';
    /**
     * INVALID_ARGUMENT. The resume token is damaged, or belongs to another environment, stream or
     * filter. Take a snapshot.
     */
    case ResumeTokenInvalid = 'REASON_RESUME_TOKEN_INVALID';
    /** INVALID_ARGUMENT. The bytes are not a message of this method. Mend the client. */
    case RequestMalformed = 'REASON_REQUEST_MALFORMED';
    /** INVALID_ARGUMENT. Two currencies meet in one document. Metadata: `expected`, `given`. */
    case CurrencyMismatch = 'REASON_CURRENCY_MISMATCH';
    /**
     * INVALID_ARGUMENT. A number left the range of decimals: 12 digits before the point and 6 after it,
     * also where units of an article that is made of others are counted in units of those.
     */
    case NumberOutOfRange = 'REASON_NUMBER_OUT_OF_RANGE';
    /** UNAUTHENTICATED. The token is missing, unknown, expired or revoked. Get another one. */
    case TokenInvalid = 'REASON_TOKEN_INVALID';
    /**
     * PERMISSION_DENIED. The token is good, but a system of this kind may not call this method, or the
     * token may call less than its kind. Metadata: `method`, `kind`, and in the second case `scope` (what
     * the token may call). Stop.
     */
    case ScopeMissing = 'REASON_SCOPE_MISSING';
    /**
     * NOT_FOUND. What was named does not exist in the caller's environment. Metadata: `resource`,
     * `name`. Create it first, or look the name up.
     */
    case NotFound = 'REASON_NOT_FOUND';
    /** NOT_FOUND. The order is there, but it has no such line. Metadata: `order_id`, `line_id`. */
    case OrderLineNotFound = 'REASON_ORDER_LINE_NOT_FOUND';
    /**
     * ALREADY_EXISTS. The request id was used before, for something else. Metadata: `name`. Compare;
     * if it is meant to be new, give it a new id.
     */
    case RequestIdReused = 'REASON_REQUEST_ID_REUSED';
    /** ALREADY_EXISTS. The shop has submitted another order under this number. Metadata: `name`. */
    case OrderContentMismatch = 'REASON_ORDER_CONTENT_MISMATCH';
    /** ALREADY_EXISTS. Another document was recorded under this number. Metadata: `kind`, `name`. */
    case DocumentContentMismatch = 'REASON_DOCUMENT_CONTENT_MISMATCH';
    /** ALREADY_EXISTS. The system has given this number to another document. Metadata: `kind`, `name`. */
    case ForeignNumberInUse = 'REASON_FOREIGN_NUMBER_IN_USE';
    /** ALREADY_EXISTS. A tenant, environment, system or token of this name is there. Metadata: `name`. */
    case NameInUse = 'REASON_NAME_IN_USE';
    /**
     * FAILED_PRECONDITION. There is too little to promise. Metadata: `sku`, `location`, `asked`,
     * `sellable` of the first short article; the message names all. Offer less, or allow back orders.
     */
    case InsufficientStock = 'REASON_INSUFFICIENT_STOCK';
    /**
     * FAILED_PRECONDITION. The state does not permit this step. Metadata: `from`, `to`; of a
     * reservation that has ended also `reservation_id`, and where known `ended_by` (the system) and
     * `order_id` (what has consumed it); of a return of which units are to be judged first also
     * `pending` (how many). Look how it stands, and decide.
     */
    case InvalidState = 'REASON_INVALID_STATE';
    /** FAILED_PRECONDITION. More units than possible. Metadata: `line_id`, `asked`, `possible`. */
    case QuantityExceeded = 'REASON_QUANTITY_EXCEEDED';
    /**
     * FAILED_PRECONDITION. A credit above what is left of the invoice, or of what came back.
     * Metadata: `line_id`, `asked`, `possible`.
     */
    case CreditExceedsInvoice = 'REASON_CREDIT_EXCEEDS_INVOICE';
    /**
     * FAILED_PRECONDITION. What caused this credit note was credited before. Metadata: `cause`,
     * `credit_note_id`.
     */
    case CauseAlreadyCredited = 'REASON_CAUSE_ALREADY_CREDITED';
    /**
     * FAILED_PRECONDITION. A newer lease of this task exists, or none. Drop the work; it is done, or
     * somebody else does it. Metadata: `task_id`, `lease`.
     */
    case LeaseSuperseded = 'REASON_LEASE_SUPERSEDED';
    /**
     * FAILED_PRECONDITION. A statement with this epoch and sequence said something else. Metadata:
     * `sku`, `location`, `source_epoch`, `statement_sequence`.
     */
    case StatementSequenceReused = 'REASON_STATEMENT_SEQUENCE_REUSED';
    /**
     * FAILED_PRECONDITION. Statements of this level are numbered; one without a number cannot be put
     * in order. Metadata: `sku`, `location`.
     */
    case StatementSequenceRequired = 'REASON_STATEMENT_SEQUENCE_REQUIRED';
    /**
     * FAILED_PRECONDITION. The document that is named here has not arrived yet; facts wait for it,
     * parked. Metadata: `kind`, `name`, `system` (whose name it is).
     */
    case WaitsForDocument = 'REASON_WAITS_FOR_DOCUMENT';
    /**
     * Only of what is parked: the system that was to take the task over refused it. Metadata:
     * `system`, `code` (its own, if it gave one). Mend the cause there, then retry.
     */
    case TaskRefused = 'REASON_TASK_REFUSED';
    /**
     * Only of what is parked: the task was leased as often as it may be, and never acknowledged.
     * Metadata: `attempts`. Find out why, then retry.
     */
    case AttemptsExhausted = 'REASON_ATTEMPTS_EXHAUSTED';
    /**
     * FAILED_PRECONDITION. Another system leads this data: what others state of it is refused, and
     * counted. Metadata: `data_set`, `location`, `leader`, `system` (who tried). Leave it to the leader,
     * or have the leader changed (`OwnershipService.SetOwnership`).
     */
    case NotLeadingSystem = 'REASON_NOT_LEADING_SYSTEM';
    /**
     * FAILED_PRECONDITION. The article is made of several others and has no stock of its own. Metadata:
     * `sku`, `parts`. State the stock of those.
     */
    case ArticleIsComposed = 'REASON_ARTICLE_IS_COMPOSED';
    /**
     * FAILED_PRECONDITION. Articles may be made of articles that are made of others, and no deeper; nor of
     * themselves. Metadata: `sku`, `part`, `limit`. Say what the part is made of instead.
     */
    case CompositionTooDeep = 'REASON_COMPOSITION_TOO_DEEP';
    /**
     * FAILED_PRECONDITION. An article is in, or was made of, more others than a change of it can be told
     * of. Metadata: `sku`, `limit`.
     */
    case CompositionLimit = 'REASON_COMPOSITION_LIMIT';
    /**
     * FAILED_PRECONDITION. The article may not be sold now. Metadata: `sku`, `sale` (BLOCKED, NOT_YET or
     * ENDED). Take it off the shelf; what was sold already is submitted as `already_placed`.
     */
    case ArticleNotForSale = 'REASON_ARTICLE_NOT_FOR_SALE';
    /**
     * FAILED_PRECONDITION. The shop does not sell from this location. Metadata: `sku`, `location`,
     * `shop`. Name one of its own, or none.
     */
    case LocationNotAssigned = 'REASON_LOCATION_NOT_ASSIGNED';
    /**
     * FAILED_PRECONDITION. This epoch and version said something else of the article. Metadata: `sku`,
     * `source_epoch`, `source_version`. Raise the version with every change.
     */
    case SourceVersionReused = 'REASON_SOURCE_VERSION_REUSED';
    /**
     * FAILED_PRECONDITION. What is deducted is no prepayment of the same order, told in the same modes.
     * Metadata: `charge_id`, `invoice_id`, `part` (KIND, ORDER, PRICE_MODE or ROUNDING_MODE), `expected`,
     * `given`. Compare the two invoices.
     */
    case PrepaymentMismatch = 'REASON_PREPAYMENT_MISMATCH';
    /**
     * FAILED_PRECONDITION. A deduction above what is left of the prepayment invoice, in sum or at a rate.
     * Metadata: `charge_id`, `invoice_id`, `part` (`amount`, `base S 19 %`, `tax S 19 %`, or `untaxed`: what is
     * deducted without the tax that it bore), `asked`, `possible`; `kind`, `name` and `system` of the
     * prepayment. Compare with what was deducted and credited of it before. What is parked for this is tried
     * again when a credit note gives something back to the prepayment.
     */
    case PrepaymentExceeded = 'REASON_PREPAYMENT_EXCEEDED';
    /**
     * FAILED_PRECONDITION. A batch of an upload whose number is not the next. Metadata: `upload_id`,
     * `batch_number`, `expected`. Open the upload again, and go on behind the last batch that it tells.
     */
    case BatchOutOfOrder = 'REASON_BATCH_OUT_OF_ORDER';
    /**
     * ABORTED. The revision was not reached in time. Metadata: `at_least_revision`, `revision`. Read
     * again.
     */
    case RevisionNotReached = 'REASON_REVISION_NOT_REACHED';
    /**
     * FAILED_PRECONDITION. The article has stock of its own, which nobody would see once it is made of
     * others. Metadata: `sku`, `location`, `on_hand`, `reserved`, `back_ordered`, `committed`. State 0
     * there, and let what is promised end; then say it again.
     */
    case ArticleHasStock = 'REASON_ARTICLE_HAS_STOCK';
    /** OUT_OF_RANGE. The log no longer reaches back to this token. Take a snapshot. */
    case ResumeTokenExpired = 'REASON_RESUME_TOKEN_EXPIRED';
    /**
     * OUT_OF_RANGE. The token is of another incarnation: the database was restored since. Take a
     * snapshot.
     */
    case ResumeTokenForeign = 'REASON_RESUME_TOKEN_FOREIGN';
    /** RESOURCE_EXHAUSTED. Too much waits already. Wait the given delay, say the same again. */
    case Overloaded = 'REASON_OVERLOADED';
    /**
     * RESOURCE_EXHAUSTED. The reader accepted nothing for 30 s. Metadata of watches: `resume_token`, the
     * last one that was sent. Resume from the last one that you have acted on.
     */
    case SlowConsumer = 'REASON_SLOW_CONSUMER';
    /** RESOURCE_EXHAUSTED. The message is above 4 MiB. Send less at a time. */
    case MessageTooLarge = 'REASON_MESSAGE_TOO_LARGE';
    /**
     * RESOURCE_EXHAUSTED. An open upload said nothing for 60 s. Metadata: `upload_id`, `last_batch_number`. Open
     * it again when there is more, and go on.
     */
    case UploadIdle = 'REASON_UPLOAD_IDLE';
    /**
     * UNAVAILABLE. The database is away; whether the call took effect is not known. Say the same
     * again with the same identity: saying it twice does it once.
     */
    case DatabaseUnavailable = 'REASON_DATABASE_UNAVAILABLE';
    /** UNAVAILABLE. This server is stopping. Call again. */
    case ShuttingDown = 'REASON_SHUTTING_DOWN';
    /** DEADLINE_EXCEEDED. The call took longer than it may. Say the same again with the same identity. */
    case DeadlineExceeded = 'REASON_DEADLINE_EXCEEDED';
    /** UNIMPLEMENTED. There is no such method. Metadata: `method`. */
    case MethodUnknown = 'REASON_METHOD_UNKNOWN';
    /**
     * UNIMPLEMENTED. The method is there, but not to be called in this way: with this verb, content
     * type, compression or version of HTTP. Metadata: `instead` (what would do), and of all but
     * compressions `method`. Call it that way.
     */
    case WireUnsuitable = 'REASON_WIRE_UNSUITABLE';
    /** INTERNAL. Our fault. Metadata: `error_id`, which our log knows. Report it. */
    case Internal = 'REASON_INTERNAL';
    /**
     * FAILED_PRECONDITION. The call came unencrypted to a port that speaks TLS. Call https:// instead; and
     * since the token was readable on its way, have it rotated.
     */
    case TlsRequired = 'REASON_TLS_REQUIRED';
    /**
     * RESOURCE_EXHAUSTED. The request has too many headers, or too long ones (`Limits.headers_max`,
     * `Limits.headers_bytes_max`). Send fewer.
     */
    case HeadersTooLarge = 'REASON_HEADERS_TOO_LARGE';
    /**
     * RESOURCE_EXHAUSTED. The token has called more often than it may (`Limits.calls_per_second_max`).
     * Metadata: `calls_per_second`. Wait the given delay, say the same again; put more rows into a call, or
     * watch instead of asking again.
     */
    case RateLimited = 'REASON_RATE_LIMITED';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
