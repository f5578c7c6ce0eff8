package org.affect4j.dataset;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Photos by whatever name a list gives them. Tried in turn are the place, relative to the list or
 * absolute, with {@code ./} or without, with {@code \} or {@code /}; the end of a place, down to
 * the bare name of the file; and, for lists that were made elsewhere, the longest end of the name,
 * of at least a folder and a file, that is the end of a place. Accents may be composed or not.
 * Immutable.
 */
public final class PhotoNames {
  private static final int EXAMPLES = 3;

  private final List<Path> folders;
  private final Map<String, List<String>> byPlace = new HashMap<>();
  private final Map<String, List<String>> byEnding = new HashMap<>();

  private PhotoNames(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /**
   * Lists photos.
   *
   * @param photos places of the photos, relative to the working folder or absolute
   * @param folders what relative names of the list may be relative to, the folder of the list above
   *     all; the first counts where a photo is
   * @return the photos, ready to be looked up
   */
  public static PhotoNames of(Collection<String> photos, Path... folders) {
    PhotoNames names = new PhotoNames(List.of(folders));
    for (String photo : photos) {
      String place = place(Path.of(""), photo);
      names.byPlace.computeIfAbsent(place, k -> new ArrayList<>(1)).add(photo);
      for (int slash = place.indexOf('/'); slash >= 0; slash = place.indexOf('/', slash + 1)) {
        String ending = place.substring(slash + 1);
        names.byEnding.computeIfAbsent(ending, k -> new ArrayList<>(1)).add(photo);
      }
    }
    return names;
  }

  /**
   * Finds the photo of a name.
   *
   * @param name as the list has it
   * @return the photo, as it was given to {@link #of}; empty if there is none
   * @throws IllegalArgumentException if several photos fit
   */
  public Optional<String> find(String name) {
    List<String> found =
        folders.stream()
            .map(folder -> byPlace.getOrDefault(place(folder, name), List.of()))
            .filter(photos -> !photos.isEmpty())
            .findFirst()
            .orElse(List.of());
    String ending = plain(name);
    while (found.isEmpty() && !ending.isEmpty()) {
      found = byEnding.getOrDefault(ending, List.of());
      String shorter = ending.substring(ending.indexOf('/') + 1);
      ending = shorter.indexOf('/') < 0 ? "" : shorter;
    }
    if (found.size() > 1) {
      throw new IllegalArgumentException(
          "'%s' fits %d photos: %s%s; give enough of the path to tell them apart"
              .formatted(
                  name,
                  found.size(),
                  String.join(", ", found.subList(0, Math.min(EXAMPLES, found.size()))),
                  found.size() > EXAMPLES ? ", …" : ""));
    }
    return found.stream().findFirst();
  }

  private static String place(Path folder, String name) {
    try {
      return plain(folder.resolve(plain(name)).toAbsolutePath().normalize().toString());
    } catch (InvalidPathException e) {
      return plain(name);
    }
  }

  private static String plain(String name) {
    String text = Normalizer.normalize(name, Normalizer.Form.NFC).replace('\\', '/');
    return text.startsWith("./") ? text.substring(2) : text;
  }
}
