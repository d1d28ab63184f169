package dev.tutti.gallery.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PaletteTest {
  /** Ten columns: six blue, three of orange, one white. */
  private static BufferedImage flag() {
    BufferedImage flag = new BufferedImage(10, 4, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 10; x++) {
      for (int y = 0; y < 4; y++) {
        flag.setRGB(x, y, x < 6 ? 0x0000ff : x < 9 ? 0xff8000 : 0xffffff);
      }
    }
    return flag;
  }

  @Test
  void findsEveryColourOfASimplePicture() {
    assertThat(Palette.of(flag(), 8)).containsExactly(0x0000ff, 0xff8000, 0xffffff);
  }

  @Test
  void aPictureOfOneColourHasOne() {
    BufferedImage night = new BufferedImage(3, 3, BufferedImage.TYPE_INT_RGB);
    assertThat(Palette.of(night, 5)).containsExactly(0x000000);
  }

  @Test
  void theFunctionAnswersInHexadecimal(@TempDir Path pictures) throws IOException {
    ImageIO.write(flag(), "png", pictures.resolve("flag.png").toFile());

    assertThat(new FindColours(pictures).colours("flag.png"))
        .containsExactly("#0000ff", "#ff8000", "#ffffff");
  }
}
