package org.affect4j.kernel;

import java.util.Set;

/**
 * An artifact in a Maven repository.
 *
 * @param classifier empty for the main artifact
 */
record MavenCoordinate(
    String group, String artifact, String version, String packaging, String classifier) {
  private static final Set<String> PACKAGINGS =
      Set.of("jar", "pom", "test-jar", "maven-plugin", "ejb", "war", "aar", "zip", "bundle");

  /**
   * Reads {@code group:artifact:version}, {@code group:artifact:version:classifier}, or IJava's
   * longer form {@code group:artifact:packaging[:classifier]:version}.
   */
  static MavenCoordinate parse(String text) {
    String[] parts = text.strip().split(":", -1);
    for (String part : parts) {
      if (!part.matches("[\\w.\\-+]+")) {
        throw wrong(text);
      }
    }
    boolean packaged = parts.length >= 4 && PACKAGINGS.contains(parts[2]);
    return switch (parts.length) {
      case 3 -> new MavenCoordinate(parts[0], parts[1], parts[2], "jar", "");
      case 4 ->
          packaged
              ? new MavenCoordinate(parts[0], parts[1], parts[3], parts[2], "")
              : new MavenCoordinate(parts[0], parts[1], parts[2], "jar", parts[3]);
      case 5 -> {
        if (!packaged) {
          throw wrong(text);
        }
        yield new MavenCoordinate(parts[0], parts[1], parts[4], parts[2], parts[3]);
      }
      default -> throw wrong(text);
    };
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is not a coordinate; write group:artifact:version[:classifier]");
  }

  String toXml() {
    return "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>"
            .formatted(group, artifact, version)
        + "<type>"
        + packaging
        + "</type>"
        + (classifier.isEmpty() ? "" : "<classifier>" + classifier + "</classifier>")
        + "</dependency>";
  }
}
