// `https://` is TLS: with authorities that are known, or with those that the caller names.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import * as http2 from "node:http2";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test, type TestContext } from "node:test";

import { connectNodeAdapter } from "@connectrpc/connect-node";

import { open, StockService } from "../src/node.js";

const folder = mkdtempSync(join(tmpdir(), "erpsync-tls-"));
after(() => rmSync(folder, { recursive: true }));

/** A key and a certificate that vouches for itself, for a server or a client. */
function certificate(name: string): { key: Buffer; cert: Buffer } {
  const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
  const asked = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=${name} -addext subjectAltName=IP:127.0.0.1`;
  execFileSync("openssl", [...asked.split(" "), "-keyout", key, "-out", cert], { stdio: "ignore" });
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

const house = certificate("house");
const caller = certificate("caller");

async function secure(t: TestContext, options: http2.SecureServerOptions = {}): Promise<string> {
  const answer = connectNodeAdapter({
    routes: ({ rpc }) => rpc(StockService.method.setStock, () => ({ revision: 7n })),
  });
  const server = http2.createSecureServer({ ...house, allowHTTP1: true, ...options }, answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => void server.close());
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

for (const httpVersion of ["2", "1.1"] as const) {
  test(`HTTP/${httpVersion}: a named authority is trusted`, async (t) => {
    const connection = open(await secure(t), "esk_1_2", { httpVersion, tls: { ca: house.cert } });
    t.after(() => connection.close());
    assert.equal((await connection.stock.setStock({})).revision, 7n);
  });

  test(`HTTP/${httpVersion}: an unknown one is not`, async (t) => {
    const onRetry = () => assert.fail("no waiting mends that");
    const connection = open(await secure(t), "esk_1_2", { httpVersion, onRetry });
    t.after(() => connection.close());
    await assert.rejects(connection.stock.setStock({}), {
      code: "UNAVAILABLE",
      message: /the server cannot be trusted: self-signed certificate/,
    });
  });

  test(`HTTP/${httpVersion}: a client can show who it is`, async (t) => {
    const address = await secure(t, { requestCert: true, rejectUnauthorized: true, ca: caller.cert });
    const connection = open(address, "esk_1_2", { httpVersion, tls: { ca: house.cert, ...caller } });
    t.after(() => connection.close());
    assert.equal((await connection.stock.setStock({})).revision, 7n);
  });
}
