package dev.erpsync;

import static dev.erpsync.Fake.done;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.erpsync.v1.GetStockRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsServerCredentials;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {
    @Test
    void saysWhatIsNoAddress() {
        for (String it : List.of("127.0.0.1:7443", "erpsync.example", "", "ftp://erpsync.example", "https://erpsync.example/api", "http://", "http://a b")) {
            var cause = assertThrows(IllegalArgumentException.class, () -> Connection.open(it, "esk_1_secret"), it);
            assertTrue(cause.getMessage().contains("is no address"), cause.getMessage());
        }
        var plain = assertThrows(IllegalArgumentException.class, () -> Connection.to("http://erpsync.example").authorities(Path.of("ca.pem")).open());
        assertTrue(plain.getMessage().contains("is plain text"), plain.getMessage());
        var nowhere = assertThrows(IllegalArgumentException.class, () -> Connection.to("https://erpsync.example").authorities(Path.of("/nowhere.pem")).open());
        assertTrue(nowhere.getMessage().contains("cannot read the authorities"), nowhere.getMessage());
    }

    @Test
    void saysThatNobodyAnswers() throws IOException {
        int port;
        try (ServerSocket it = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = it.getLocalPort();
        }
        try (Fake fake = new Fake()) {
            var cause = assertThrows(StatusRuntimeException.class,
                    () -> Connection.to("http://127.0.0.1:" + port).waits(fake.noted()).open());
            assertEquals(Status.Code.UNAVAILABLE, cause.getStatus().getCode());
            assertTrue(cause.getMessage().contains("nobody answers at http://127.0.0.1:" + port), cause.getMessage());
            assertTrue(cause.getMessage().contains("Connection refused"), cause.getMessage());
        }
    }

    @Test
    void saysThatThereIsNoToken() {
        for (String it : new String[] {"", null}) {
            var cause = assertThrows(IllegalArgumentException.class, () -> Connection.open("http://127.0.0.1:1", it));
            assertEquals("no token was given (is the variable set?)", cause.getMessage());
        }
    }

    @Test
    void saysThatPlainTextIsSpoken() throws IOException {
        try (Fake fake = new Fake()) {
            var cause = assertThrows(StatusRuntimeException.class,
                    () -> Connection.to(fake.address().replace("http:", "https:")).waits(fake.noted()).open());
            assertTrue(cause.getMessage().contains("does it speak plain text?"), cause.getMessage());
        }
    }

    @Test
    void sendsItsToken() throws IOException {
        try (Fake fake = new Fake()) {
            fake.calls.add(done());
            Connection erp = fake.open();
            for (Connection it : List.of(erp, erp.withToken("esk_2_other"), erp.withToken(""))) {
                it.stock().getStock(GetStockRequest.getDefaultInstance());
            }
            assertEquals(List.of("Bearer esk_1_secret", "Bearer esk_2_other", "null"), fake.tokens);
            var cause = assertThrows(IllegalArgumentException.class, () -> erp.withToken("esk_1\nsecret"));
            assertFalse(cause.getMessage().contains("secret"), cause.getMessage());
        }
    }

    @Test
    void speaksTls(@TempDir Path folder) throws Exception {
        certify(folder, "server");
        certify(folder, "other");
        try (Fake fake = new Fake("https", TlsServerCredentials.create(file(folder, "server.pem"), file(folder, "server.key")))) {
            fake.calls.add(done());
            try (Connection erp = Connection.to(fake.address()).token("t").authorities(folder.resolve("server.pem")).waits(fake.noted()).open()) {
                erp.stock().getStock(GetStockRequest.getDefaultInstance());
            }
            for (Connection.Builder it : List.of(
                    Connection.to(fake.address()),
                    Connection.to(fake.address()).authorities(folder.resolve("other.pem")),
                    Connection.to(fake.address().replace("https:", "http:")))) {
                var cause = assertThrows(StatusRuntimeException.class, () -> it.waits(fake.noted()).open());
                assertEquals(Status.Code.UNAVAILABLE, cause.getStatus().getCode());
            }
        }
    }

    /** A certificate for 127.0.0.1 that is its own authority, and its key, as files of PEM. */
    private static void certify(Path folder, String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-keystore", store.toString(),
                "-storetype", "PKCS12", "-storepass", "secret", "-alias", "it", "-keyalg", "EC", "-groupname", "secp256r1",
                "-dname", "CN=" + name, "-ext", "san=ip:127.0.0.1", "-ext", "bc=ca:true").inheritIO().start();
        assertEquals(0, keytool.waitFor());
        var keys = java.security.KeyStore.getInstance(store.toFile(), "secret".toCharArray());
        pem(folder.resolve(name + ".pem"), "CERTIFICATE", keys.getCertificate("it").getEncoded());
        pem(folder.resolve(name + ".key"), "PRIVATE KEY", keys.getKey("it", "secret".toCharArray()).getEncoded());
    }

    private static void pem(Path file, String kind, byte[] bytes) throws IOException {
        String text = java.util.Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }

    private static File file(Path folder, String name) {
        return folder.resolve(name).toFile();
    }

    @Test
    void reachesEveryService() throws Exception {
        Set<String> reachable = new TreeSet<>();
        for (Method it : Connection.class.getMethods()) {
            if (it.getParameterCount() == 0) {
                reachable.add(it.getReturnType().getSimpleName());
            }
        }
        Set<String> known = new TreeSet<>();
        for (var file : Files.list(Path.of("gen/dev/erpsync")).toList()) {
            if (file.toString().endsWith("Service.java")) {
                known.add(file.getFileName().toString().replace(".java", ""));
            }
        }
        known.removeAll(reachable);
        assertEquals(Set.of(), known, "a connection has no method for these");
        assertTrue(reachable.contains("StockService"));
    }
}
