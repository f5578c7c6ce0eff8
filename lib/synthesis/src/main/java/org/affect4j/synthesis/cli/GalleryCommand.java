package org.affect4j.synthesis.cli;

import org.affect4j.synthesis.internal.sample.Gallery;
import picocli.CommandLine.Command;

@Command(
    name = "gallery",
    description = "20 units at five intensities by the same persons, to teach with.")
final class GalleryCommand extends PicturesCommand {
  GalleryCommand() {
    super(Gallery::new);
  }
}
