package dev.tutti.gallery.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MakeThumbnailTest {
  private static final String SHA256 = "0f3c9a1b".repeat(8);

  @TempDir Path pictures;
  @TempDir Path output;

  @BeforeEach
  void aWidePicture() throws IOException {
    BufferedImage wide = new BufferedImage(640, 320, BufferedImage.TYPE_INT_RGB);
    Files.createDirectory(pictures.resolve("2026"));
    ImageIO.write(wide, "png", pictures.resolve("2026/a wide one.png").toFile());
  }

  @Test
  void writesAPngWithTheLongerSideCut() throws IOException {
    Map<String, Object> answer = make("2026/a wide one.png");

    assertThat(answer)
        .containsEntry("file", "thumbnails/2026-a-wide-one-0f3c9a1b.png")
        .containsEntry("width", 160)
        .containsEntry("height", 80);
    BufferedImage thumbnail = ImageIO.read(output.resolve((String) answer.get("file")).toFile());
    assertThat(thumbnail.getWidth()).isEqualTo(160);
    assertThat(thumbnail.getHeight()).isEqualTo(80);
  }

  @Test
  void calledTwiceItLeavesOneIdenticalFile() throws IOException {
    Path file = output.resolve((String) make("2026/a wide one.png").get("file"));
    byte[] first = Files.readAllBytes(file);

    make("2026/a wide one.png");

    assertThat(Files.readAllBytes(file)).isEqualTo(first);
    try (Stream<Path> files = Files.list(output.resolve("thumbnails"))) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void staysInItsFolder() {
    assertThatThrownBy(() -> make("../secret.png")).hasMessageContaining("no picture");
  }

  private Map<String, Object> make(String key) throws IOException {
    return new MakeThumbnail(pictures, output).make(key, SHA256);
  }
}
