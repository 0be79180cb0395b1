import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.erpsync.Connection;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The player of the scenario that all clients play: see clients/conformance/README.md. */
final class Player {
    /** A step that takes longer hangs. */
    private static final Duration STEP_MAX = Duration.ofSeconds(60);

    private final Map<String, Connection> connections = new HashMap<>();
    private final Map<String, String> kept = new HashMap<>();
    private final HttpClient line = HttpClient.newHttpClient();

    public static void main(String[] arguments) throws IOException {
        Player player = new Player();
        boolean failed = false;
        ExecutorService stage = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        });
        String table = Files.readString(Path.of(System.getenv("ERPSYNC_SCENARIO")));
        for (JsonElement it : JsonParser.parseString(table).getAsJsonObject().getAsJsonArray("steps")) {
            JsonObject step = it.getAsJsonObject();
            String name = step.get("name").getAsString();
            String why = why(() -> stage.submit(() -> player.play(step)).get(STEP_MAX.toSeconds(), TimeUnit.SECONDS));
            System.out.println(why == null ? "ok " + name : "not ok " + name + ": " + why);
            failed |= why != null;
        }
        player.connections.values().forEach(Connection::close);
        System.exit(failed ? 1 : 0);
    }

    private interface Work {
        void run() throws Exception;
    }

    /** Why it failed; null: it did not. */
    private static String why(Work work) {
        try {
            work.run();
            return null;
        } catch (TimeoutException cause) {
            return "it takes more than " + STEP_MAX.toSeconds() + " s";
        } catch (Exception cause) {
            Throwable it = cause.getCause() == null ? cause : cause.getCause();
            String text = it instanceof AssertionError ? it.getMessage() : it.toString();
            return text.replace("\n", " ");
        }
    }

    private Player() {
        String address = System.getenv("ERPSYNC_ADDRESS");
        Map.of(
                "erp", System.getenv("ERPSYNC_ERP_TOKEN"),
                "shop", System.getenv("ERPSYNC_SHOP_TOKEN"),
                "shop-b", System.getenv("ERPSYNC_SHOP_B_TOKEN"),
                "tool", System.getenv("ERPSYNC_TOOL_TOKEN"),
                "stranger", "esk_0_0").forEach((as, token) -> connections.put(as, Connection.open(address, token)));
        connections.put("nobody", connections.get("stranger").withToken(""));
    }

    private Void play(JsonObject raw) throws Exception {
        JsonObject step = filled(raw).getAsJsonObject();
        if (step.has("line")) {
            accident(step.get("line").getAsString());
            return null;
        }
        JsonElement expected = step.get("refused");
        Calls.Answer answer;
        try {
            answer = answer(step);
        } catch (StatusRuntimeException cause) {
            if (expected == null) {
                throw cause;
            }
            Comparison.refused(expected.getAsJsonObject(), cause);
            return null;
        }
        if (expected != null) {
            throw new AssertionError("it was not refused");
        }
        if (step.has("expect")) {
            Comparison.expect(step.get("expect"), answer.answer(), "");
        }
        if (step.has("keep")) {
            for (var it : step.getAsJsonObject("keep").entrySet()) {
                kept.put(it.getKey(), Comparison.at(answer.last(), it.getValue().getAsString()));
            }
        }
        return null;
    }

    private Calls.Answer answer(JsonObject step) throws Exception {
        JsonElement request = step.get("request");
        Calls calls = calls(step);
        for (String kind : List.of("call", "list", "watch", "raw_stream")) {
            if (step.has(kind)) {
                String method = step.get(kind).getAsString();
                switch (kind) {
                    case "call":
                        return calls.call(method, request);
                    case "list":
                        return calls.list(method, request);
                    case "watch":
                        return calls.watch(method, request, step.get("take").getAsInt(), taken -> during(step, taken));
                    default:
                        return calls.rawStream(method, request);
                }
            }
        }
        throw new AssertionError("this player does not know what to do");
    }

    private Calls calls(JsonObject step) {
        Connection connection = connections.get(step.get("as").getAsString());
        if (connection == null) {
            throw new AssertionError("who is " + step.get("as") + "?");
        }
        return new Calls(connection);
    }

    /** What happens once so many entries of a watch were taken. */
    private void during(JsonObject step, int taken) throws Exception {
        if (step.has("cut_after") && step.get("cut_after").getAsInt() == taken) {
            accident("cut");
        }
        JsonObject meanwhile = step.getAsJsonObject("meanwhile");
        if (meanwhile != null && meanwhile.get("after").getAsInt() == taken) {
            calls(meanwhile).call(meanwhile.get("call").getAsString(), meanwhile.get("request"));
        }
    }

    private void accident(String what) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(System.getenv("ERPSYNC_LINE") + "/" + what))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = line.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError("the line answers " + answer.statusCode() + ": " + answer.body());
        }
    }

    /** The step with what was kept in place of `${name}`. */
    private JsonElement filled(JsonElement step) {
        String text = step.toString();
        for (var it : kept.entrySet()) {
            String quoted = new JsonPrimitive(it.getValue()).toString();
            text = text.replace("${" + it.getKey() + "}", quoted.substring(1, quoted.length() - 1));
        }
        return JsonParser.parseString(text);
    }
}
