<?php

// One mug comes back, is put on the shelf again and credited; what it comes to, erpsync works out.

use Erpsync\Client;
use Erpsync\V1\ApproveReturnRequest;
use Erpsync\V1\CreditCause;
use Erpsync\V1\CreditNoteKind;
use Erpsync\V1\CreditNoteLine;
use Erpsync\V1\Disposition;
use Erpsync\V1\DocumentReference;
use Erpsync\V1\ExternalReference;
use Erpsync\V1\GetCreditNoteRequest;
use Erpsync\V1\IssueCreditNoteRequest;
use Erpsync\V1\OrderReference;
use Erpsync\V1\ReceiveReturnRequest;
use Erpsync\V1\ReceptionLine;
use Erpsync\V1\RequestReturnRequest;
use Erpsync\V1\ReturnLine;

require __DIR__ . '/../autoload.php';

$shop = Client::open(getenv('ERPSYNC_ADDRESS'), getenv('ERPSYNC_SHOP_TOKEN'));
$erp = Client::open(getenv('ERPSYNC_ADDRESS'), getenv('ERPSYNC_ERP_TOKEN'));

// A document by the number that whoever asks has given it.
$ours = fn (string $number) => new DocumentReference(external: new ExternalReference(externalId: $number));

$requested = $shop->returns()->requestReturn(new RequestReturnRequest(
    externalReturnId: 'RMA-4711',
    order: new OrderReference(external: new ExternalReference(externalId: '4711')),
    lines: [new ReturnLine(lineId: '1', quantity: '1', reason: 'the wrong colour')],
));

$return = new DocumentReference(documentId: $requested->returnId);
$erp->returns()->approveReturn(new ApproveReturnRequest(requestId: 'approve-RMA-4711', return: $return));
$erp->returns()->receiveReturn(new ReceiveReturnRequest(
    externalReceptionId: 'RC-4711',
    return: $return,
    lines: [new ReceptionLine(lineId: '1', quantity: '1', disposition: Disposition::Restock)],
));
$issued = $erp->creditNotes()->issueCreditNote(new IssueCreditNoteRequest(
    externalCreditNoteId: 'CN-4711',
    kind: CreditNoteKind::Correction,
    invoice: $ours('IN-4711'),
    cause: new CreditCause(reception: $ours('RC-4711')),
    creditDate: '2026-11-24',
    lines: [new CreditNoteLine(invoiceLineId: '1', quantity: '1')],
));

$asked = new GetCreditNoteRequest(creditNote: new DocumentReference(documentId: $issued->creditNoteId));
$note = $shop->creditNotes()->getCreditNote($asked)->creditNote;
echo "$note->externalCreditNoteId of $note->creditDate: $note->total $note->currencyCode\n";
