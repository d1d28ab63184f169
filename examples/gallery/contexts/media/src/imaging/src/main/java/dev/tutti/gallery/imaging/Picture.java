package dev.tutti.gallery.imaging;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * A decoded picture.
 *
 * @param key its name in the bucket, for example {@code "2026/harbour.jpg"}
 * @param pixels what it shows
 */
record Picture(String key, BufferedImage pixels) {
  static {
    // A function has no screen, and its answer shouldn't wait for a cache on disk.
    System.setProperty("java.awt.headless", "true");
    ImageIO.setUseCache(false);
  }

  /**
   * Reads the picture {@code key} of a folder.
   *
   * @throws IOException if there is none, if it lies outside the folder, or if it can't be decoded
   */
  static Picture read(Path folder, String key) throws IOException {
    Path root = folder.toAbsolutePath().normalize();
    Path file = root.resolve(key).normalize();
    if (!file.startsWith(root) || !Files.isRegularFile(file)) {
      throw new IOException("no picture " + key);
    }
    BufferedImage pixels = ImageIO.read(file.toFile());
    if (pixels == null) {
      throw new IOException("not a picture that can be decoded: " + key);
    }
    return new Picture(key, pixels);
  }

  /** Returns this picture drawn so small that its longer side is at most {@code side} pixels. */
  Picture fitting(int side) {
    double scale = Math.min(1.0, (double) side / Math.max(pixels.getWidth(), pixels.getHeight()));
    int width = Math.max(1, (int) Math.round(pixels.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(pixels.getHeight() * scale));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = small.createGraphics();
    try {
      pen.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      pen.drawImage(pixels, 0, 0, width, height, null);
    } finally {
      pen.dispose();
    }
    return new Picture(key, small);
  }
}
