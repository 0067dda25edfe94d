package io.windrow.coordinator.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * All that browsers load of the console, in memory: little more than a megabyte. Of the two
 * libraries it uses, only what browsers need, and without their versions in the addresses. There is
 * no way from an address to a file but this list.
 */
final class ConsoleFiles {
  private static final String PAGE = "console/index.html";
  private static final String ASSETS = "console/assets/**/*.*";

  /** The page's own, and the modules of lit-html without those for developers and servers. */
  private static final String[] LIBRARIES = {
    "META-INF/resources/webjars/lit-html/*/*.js",
    "META-INF/resources/webjars/lit-html/*/directives/*.js",
    "META-INF/resources/webjars/echarts/*/dist/echarts.min.js"
  };

  private static final Pattern ASSET = Pattern.compile(".*/console(/assets/.+)");
  private static final Pattern LIBRARY =
      Pattern.compile(".*/META-INF/resources(/webjars/[^/]+)/[^/]+(/.+)");

  private final ConsoleFile page;
  private final Map<String, ConsoleFile> files;

  private ConsoleFiles(ConsoleFile page, Map<String, ConsoleFile> files) {
    this.page = page;
    this.files = files;
  }

  /** Reads them from the class path. */
  static ConsoleFiles load() {
    PathMatchingResourcePatternResolver classPath = new PathMatchingResourcePatternResolver();
    Map<String, ConsoleFile> files = new TreeMap<>();
    try {
      for (Resource asset : classPath.getResources("classpath*:" + ASSETS)) {
        put(files, ASSET, asset);
      }
      for (String pattern : LIBRARIES) {
        Resource[] found = classPath.getResources("classpath*:" + pattern);
        if (found.length == 0) {
          throw new IllegalStateException("not in the class path: " + pattern);
        }
        for (Resource file : found) {
          put(files, LIBRARY, file);
        }
      }
      byte[] page = classPath.getResource("classpath:" + PAGE).getContentAsByteArray();
      return new ConsoleFiles(ConsoleFile.of(PAGE, page), files);
    } catch (IOException e) {
      throw new UncheckedIOException("the console's files cannot be read", e);
    }
  }

  private static void put(Map<String, ConsoleFile> files, Pattern place, Resource file)
      throws IOException {
    String url = file.getURL().toString();
    Matcher matcher = place.matcher(url);
    if (!matcher.matches()) {
      throw new IllegalStateException("a file of the console is in an unknown place: " + url);
    }
    StringBuilder address = new StringBuilder();
    for (int part = 1; part <= matcher.groupCount(); part++) {
      address.append(matcher.group(part));
    }
    files.put(address.toString(), ConsoleFile.of(url, file.getContentAsByteArray()));
  }

  /** What every page of the console begins with. */
  ConsoleFile page() {
    return page;
  }

  /**
   * What a page loads.
   *
   * @param address as sent, for example {@code /assets/main.js}
   */
  Optional<ConsoleFile> file(String address) {
    return Optional.ofNullable(files.get(address));
  }

  /** The addresses of all files and how many bytes each has, the page's among them. */
  Map<String, Integer> sizes() {
    Map<String, Integer> sizes = new TreeMap<>();
    files.forEach((address, file) -> sizes.put(address, file.plain().bytes().length));
    sizes.put("/", page.plain().bytes().length);
    return sizes;
  }
}
