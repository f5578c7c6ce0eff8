package org.affect4j.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.affect4j.image.FaceImage;
import org.affect4j.notebook.HtmlContent;
import org.affect4j.table.FaceTable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page does in a browser is checked by environment/check_player.py. */
class VideoPlayerTest {
  private static final Pattern CLIP = Pattern.compile("src=\"data:video/webm;base64,([^\"]*)\"");
  private static final Pattern DATA = Pattern.compile("const data = (.*);");

  @TempDir Path folder;

  private static String first(Pattern pattern, String page) {
    Matcher found = pattern.matcher(page);
    assertTrue(found.find(), pattern.pattern());
    return found.group(1);
  }

  @Test
  void thePageHoldsTheClipAndItsRows() throws IOException {
    Path clip = AnnotatedVideoTest.clip(folder.resolve("a \"<b>\" & c.mp4"), 320, 240);
    VideoPlayer player = VideoPlayer.of(clip, AnnotatedVideoTest.rows(240));
    String page = Files.readString(player.save(folder.resolve("player.html")));
    assertFalse(page.contains("http"), "nothing is loaded from elsewhere");
    assertFalse(page.contains("${"), "all places are filled");
    assertFalse(page.contains("<b>"), "names are escaped");
    Path small = folder.resolve("small.webm");
    Files.write(small, Base64.getDecoder().decode(first(CLIP, page)));
    try (VideoSource video = VideoSource.open(small)) {
      assertEquals("vp8", video.info().codec());
      assertEquals(2, video.info().streams().size());
      List<VideoFrame> frames = video.stream().toList();
      assertEquals(AnnotatedVideoTest.FRAMES, frames.size());
      assertEquals("320 x 240", frames.get(0).width() + " x " + frames.get(0).height());
    }
    String data = first(DATA, page);
    assertTrue(data.startsWith("{\"times\":[0,0.04,0.08,"), data.substring(0, 60));
    assertTrue(data.contains("\"end\":2,\"cuts\":[]"), data);
    assertTrue(data.contains("\"id\":1,"), data);
    // From frame 25 on: 240 / 8 + 25 of 320 is 1719 of 10,000.
    assertTrue(data.contains("\"boxes\":[null,"), data);
    assertTrue(data.contains("null,[1719,2500,3750,5000],[1750,"), data);
    assertFalse(data.contains("NaN"), data);
  }

  @Test
  void aNotebookShowsAFrameWithAllOfIt() throws IOException {
    Path clip = AnnotatedVideoTest.clip(folder.resolve("clip.mp4"), 160, 120);
    HtmlContent player = VideoPlayer.of(clip, AnnotatedVideoTest.rows(120));
    String html = player.html();
    Matcher frame =
        Pattern.compile("<iframe title=\"([^\"]*)\" style=\"[^\"]*\" srcdoc=\"([^\"]*)\"></iframe>")
            .matcher(html);
    assertTrue(frame.matches(), html.substring(0, 200));
    assertEquals("Video player: clip.mp4", frame.group(1));
    String page = frame.group(2).replace("&quot;", "\"").replace("&amp;", "&");
    assertEquals(page, Files.readString(((VideoPlayer) player).save(folder.resolve("p.html"))));
    assertTrue(player.toString().startsWith("Video player: clip.mp4 ("), player.toString());
    assertThrows(
        IllegalArgumentException.class, () -> ((VideoPlayer) player).save(folder.resolve("p.txt")));
  }

  @Tag("slow")
  @Test
  void twentySecondsTakeLessThanFourMegabytes() throws IOException {
    Path clip = folder.resolve("long.mp4");
    try (VideoWriter video = VideoWriter.create(clip, 640, 480, 25)) {
      FaceImage[] pictures = new FaceImage[25];
      for (int i = 0; i < pictures.length; i++) {
        pictures[i] = ClipWriter.picture(3 * i, 640, 480);
      }
      for (int i = 0; i < 500; i++) {
        video.add(pictures[i % pictures.length]);
      }
    }
    FaceTable rows = AnnotatedVideoTest.rows(480);
    VideoPlayer player = VideoPlayer.of(clip, rows);
    long whole = Files.size(player.save(folder.resolve("whole.html")));
    assertTrue(whole < VideoPlayer.MOST_BYTES, whole + " bytes");
    VideoOptions middle = VideoOptions.defaults().withRange(1, 3);
    VideoPlayer part = VideoPlayer.of(clip, rows, middle);
    long less = Files.size(part.save(folder.resolve("part.html")));
    assertTrue(less < whole / 3, less + " of " + whole + " bytes");
    String data = first(DATA, Files.readString(folder.resolve("part.html")));
    assertTrue(data.startsWith("{\"times\":[0,0.04,"), data.substring(0, 60));
    // Its first frame is number 25, the first with a box.
    assertTrue(data.contains("\"boxes\":[["), data);
  }

  @Test
  void whatIsTooLongIsRefused() throws IOException {
    Path clip = folder.resolve("slow.mp4");
    try (VideoWriter video = VideoWriter.create(clip, 64, 48, 1)) {
      for (int i = 0; i < 400; i++) {
        video.add(FaceImage.plain(64, 48, i % 200));
      }
    }
    Exception refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> VideoPlayer.of(clip, AnnotatedVideoTest.rows(48)));
    assertTrue(refused.getMessage().contains("withRange"), refused.getMessage());
  }
}
