package mockduit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Makes a test of each entry of ../corpus.json. tests/e2e/integrations_test.py runs this. */
@ExtendWith(Mockduit.Extension.class)
class CorpusTest {
  private static final JsonObject CORPUS = read(System.getProperty("corpus"));
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static JsonObject read(String file) {
    try {
      return JsonParser.parseString(Files.readString(Path.of(file))).getAsJsonObject();
    } catch (java.io.IOException error) {
      throw new java.io.UncheckedIOException(error);
    }
  }

  static Stream<Arguments> tests() {
    List<Arguments> tests = new ArrayList<>();
    for (JsonElement one : CORPUS.getAsJsonArray("tests")) {
      JsonObject test = one.getAsJsonObject();
      tests.add(Arguments.of(tests.size() + " " + test.get("name").getAsString(), test));
    }
    return tests.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tests")
  void corpus(String name, JsonObject test, Mockduit mock) throws Exception {
    if (test.has("settings")) mock.set(test.get("settings").toString());
    for (JsonElement step : test.getAsJsonArray("steps")) take(step.getAsJsonObject(), mock);
  }

  private static void take(JsonObject step, Mockduit mock) throws Exception {
    String word = step.keySet().iterator().next();
    JsonElement value = step.get(word);
    switch (word) {
      case "call" -> assertEquals(step.get("status").getAsInt(), send(mock, value.getAsJsonObject()));
      case "set" -> mock.set(value.toString());
      case "advance" -> mock.advance(value.getAsString());
      case "require" -> mock.require(texts(value));
      case "requests" -> {
        JsonObject journal = JsonParser.parseString(mock.requests()).getAsJsonObject();
        assertEquals(value.getAsInt(), journal.getAsJsonArray("requests").size());
      }
      case "verdict" -> {
        String[] wanted = texts(value);
        assertTrue(mock.verdicts().matches("(?s).*\"check\": \"" + wanted[0]
            + "\",\\s*\"result\": \"" + wanted[1] + "\".*"), mock.verdicts());
      }
      case "url" -> {
        String end = step.get("ends").getAsString().replace("{session}", mock.session);
        assertTrue(mock.url(value.getAsString()).endsWith(end));
      }
      default -> fail(value.getAsString());
    }
  }

  private static String[] texts(JsonElement list) {
    return StreamSupport.stream(list.getAsJsonArray().spliterator(), false)
        .map(JsonElement::getAsString).toArray(String[]::new);
  }

  private static int send(Mockduit mock, JsonObject call) throws Exception {
    String vendor = call.get("vendor").getAsString();
    String body = call.has("body") ? call.get("body").toString() : "";
    var request = HttpRequest.newBuilder(URI.create(mock.url(vendor) + call.get("path").getAsString()))
        .method(call.get("method").getAsString(), HttpRequest.BodyPublishers.ofString(body))
        .header("Content-Type", "application/json");
    CORPUS.getAsJsonObject("credentials").getAsJsonObject(vendor).entrySet()
        .forEach(header -> request.header(header.getKey(), header.getValue().getAsString()));
    return CLIENT.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  @Test
  void names() {
    for (JsonElement one : CORPUS.getAsJsonArray("names")) {
      JsonObject entry = one.getAsJsonObject();
      String name = Mockduit.sessionName(entry.get("test").getAsString());
      assertEquals(entry.get("session").getAsString(), name);
    }
  }
}
