package example;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.face.Face;
import org.affect4j.image.FaceImage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the faces of photos and says what each shows. */
public final class Faces {
  private static final Logger LOG = LoggerFactory.getLogger(Faces.class);

  private Faces() {}

  /** Returns the faces of a photo. */
  public static List<Face> of(Path photo) throws IOException {
    try (FaceAnalyzer analyzer = FaceAnalyzer.load()) {
      List<Face> faces = analyzer.analyze(FaceImage.read(photo));
      LOG.info("{} faces in {}", faces.size(), photo.getFileName());
      return faces;
    }
  }

  public static void main(String[] photos) throws IOException {
    for (String photo : photos) {
      of(Path.of(photo)).forEach(System.out::println);
    }
  }
}
