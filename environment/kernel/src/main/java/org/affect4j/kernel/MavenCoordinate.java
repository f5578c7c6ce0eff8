package org.affect4j.kernel;

import java.util.ArrayList;
import java.util.List;
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
    List<String> parts = new ArrayList<>(List.of(text.strip().split(":", -1)));
    boolean packaged = parts.size() > 3 && PACKAGINGS.contains(parts.get(2));
    String packaging = packaged ? parts.remove(2) : "jar";
    if (parts.size() < 3
        || parts.size() > 4
        || !parts.stream().allMatch(part -> part.matches("[\\w.\\-+]+"))) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a coordinate; write group:artifact:version[:classifier]");
    }
    // IJava's form has the classifier before the version.
    int version = packaged ? parts.size() - 1 : 2;
    String classifier = parts.size() > 3 ? parts.get(5 - version) : "";
    return new MavenCoordinate(
        parts.get(0), parts.get(1), parts.get(version), packaging, classifier);
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
