package mockduit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.*;
import java.nio.file.Files;
import java.security.*;
import java.util.*;
import java.util.regex.*;
import org.junit.jupiter.api.extension.*;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The session of one test on a mock server of data-connection APIs: a parameter of tests in classes
 * with {@code @ExtendWith(Mockduit.Extension.class)}. A test fails where a verdict on its requests
 * does. Needs the JDK alone, and never touches the client under test.
 */
public final class Mockduit {
  private static final String TEXT = "\"((?:[^\"\\\\]|\\\\.)*)\"";
  private static final Pattern VERDICT = Pattern.compile("\"check\":\\s*\"([^\"]+)\",\\s*"
      + "\"result\":\\s*\"(\\w+)\",\\s*\"summary\":\\s*" + TEXT
      + "(.*?)(?=\"check\":|\\z)", Pattern.DOTALL);
  private static final Pattern FINDING = Pattern.compile(
      "\"text\":\\s*" + TEXT + ",\\s*\"exchanges\":\\s*\\[([^]]*)]");

  public final String session;
  private final Server server;
  private final String home;
  private List<String> required = List.of("all");

  private Mockduit(Server server, String test) {
    this.server = server;
    session = sessionName(test);
    home = "/__admin/sessions/" + session;
    server.call("DELETE", home, ""); // an earlier run may have left it
  }

  /** The test's name where that is a valid one; else the end of it and a hash. */
  static String sessionName(String test) {
    if (test.matches("[a-z0-9][a-z0-9._-]{0,63}")) return test;
    String words = test.replaceAll("[^A-Za-z0-9._-]+", "-").toLowerCase(Locale.ROOT);
    words = words.substring(Math.max(0, words.length() - 55)).replaceAll("^[-._]+|[-._]+$", "");
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(test.getBytes(UTF_8));
      return (words + "-" + HexFormat.of().formatHex(hash, 0, 4)).replaceAll("^-", "");
    } catch (GeneralSecurityException error) {
      throw new IllegalStateException(error);
    }
  }

  /** The base URL for a client of this vendor. */
  public String url(String vendor) {
    String paths = server.call("GET", "/", "").replaceAll("(?s).*\"paths\":\\s*\\{|\\}.*", "");
    var path = Pattern.compile('"' + Pattern.quote(vendor) + "\":\\s*\"([^\"]*)\"");
    var found = path.matcher(paths);
    if (found.find()) return server.url + "/@" + session + found.group(1);
    throw new NoSuchElementException("no vendor is called '" + vendor + "'; there are " + paths);
  }

  /** Changes settings of the session, in JSON: scenario, seed, clock, editions, seed_state. */
  public void set(String settings) { server.call("PUT", home, settings); }

  public void scenario(String name) { set("{\"scenario\": \"" + name + "\"}"); }

  /** Moves the session's clock ahead, for example by "61s". */
  public void advance(String by) {
    server.call("POST", home + "/clock/advance", "{\"by\": \"" + by + "\"}");
  }

  /** The journal, in JSON: every exchange, the oldest first. */
  public String requests() { return server.call("GET", home + "/requests", ""); }

  /** What the checks say so far, in JSON. */
  public String verdicts() { return server.call("GET", home + "/verdicts", ""); }

  /** The checks to hold instead of "all"; each must be exercised. None: nothing fails. */
  public void require(String... checks) { required = List.of(checks); }

  /** Throws AssertionError unless the verdicts are as required. The test's end calls it. */
  public void verify() {
    String report = verdicts();
    boolean every = required.contains("all");
    List<String> lines = new ArrayList<>(List.of("mockduit session " + session + ":"));
    if (every && Pattern.compile("\"total\":\\s*0\\b").matcher(report).find()) {
      lines.add("no request came to this session; does the client use its URL?");
    }
    Set<String> unknown = new TreeSet<>(required);
    unknown.remove("all");
    for (var verdict : VERDICT.matcher(report).results().toList()) {
      boolean named = unknown.remove(verdict.group(1)) && !verdict.group(2).equals("pass");
      if (!named && !(every && verdict.group(2).matches("fail|inconclusive"))) continue;
      for (String text : findings(verdict)) lines.add(verdict.group(1) + ": " + text);
    }
    for (String check : unknown) lines.add("no check is called '" + check + "'");
    if (lines.size() > 1) throw new AssertionError(String.join("\n  ", lines));
  }

  /** The text of each finding with its exchanges, or the summary of a verdict that has none. */
  private static List<String> findings(MatchResult verdict) {
    List<String> texts = new ArrayList<>();
    for (var one : FINDING.matcher(verdict.group(4)).results().toList()) {
      texts.add(unquoted(one.group(1)) + one.group(2).replaceAll("\\D*(\\d+)\\D*", " #$1"));
    }
    return texts.isEmpty() ? List.of(unquoted(verdict.group(3))) : texts;
  }

  private static String unquoted(String text) { return text.replace("\\\"", "\""); }

  /** Gives a test its session, and verifies it when the test has ended without a failure. */
  public static final class Extension implements ParameterResolver, AfterEachCallback {
    private static final Namespace STORE = Namespace.create(Mockduit.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
      return parameter.getParameter().getType() == Mockduit.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
      Server server = test.getRoot().getStore(STORE).getOrComputeIfAbsent(Server.class);
      String name = test.getUniqueId() + " " + test.getDisplayName();
      return test.getStore(STORE).getOrComputeIfAbsent(
          Mockduit.class, key -> new Mockduit(server, name));
    }

    @Override
    public void afterEach(ExtensionContext test) {
      Mockduit mock = test.getStore(STORE).get(Mockduit.class, Mockduit.class);
      if (mock != null && test.getExecutionException().isEmpty()) mock.verify();
    }
  }

  /** The server at MOCKDUIT_URL, which is left running, or else one that is started. */
  private static final class Server implements ExtensionContext.Store.CloseableResource {
    final HttpClient client = HttpClient.newHttpClient();
    final String url;
    Process process;

    Server() throws IOException, InterruptedException {
      String given = System.getenv().getOrDefault("MOCKDUIT_URL", "");
      url = (given.isEmpty() ? start() : given).replaceAll("/+$", "");
    }

    private String start() throws IOException, InterruptedException {
      String binary = System.getenv().getOrDefault("MOCKDUIT_BIN", "mockduit");
      File log = File.createTempFile("mockduit", ".log");
      log.deleteOnExit();
      // The server ends when its command does, and `cat` when this process does, however that ends.
      process = new ProcessBuilder(binary, "exec", "--port", "0", "--", "sh", "-c",
          "echo \"$MOCKDUIT_URL\"; exec cat").redirectError(log).start();
      String line = process.inputReader().readLine();
      if (line != null) return line;
      throw new IllegalStateException("mockduit does not start (exit code " + process.waitFor()
          + "): " + Files.readString(log.toPath()));
    }

    @Override
    public void close() throws IOException, InterruptedException {
      if (process != null) process.getOutputStream().close();
      if (process != null) process.waitFor();
    }

    String call(String method, String path, String body) {
      var request = HttpRequest.newBuilder(URI.create(url + path))
          .method(method, HttpRequest.BodyPublishers.ofString(body))
          .header("Authorization", "Bearer " + System.getenv("MOCKDUIT_ADMIN_TOKEN")).build();
      String said;
      try {
        var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() < 300) return answer.body();
        said = answer.body();
      } catch (IOException | InterruptedException error) {
        said = error.toString();
      }
      throw new IllegalStateException(method + " " + url + path + ": " + said);
    }
  }
}
