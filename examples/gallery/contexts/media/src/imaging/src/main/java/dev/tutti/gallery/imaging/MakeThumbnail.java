package dev.tutti.gallery.imaging;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Writes a picture's thumbnail.
 *
 * <p>Takes {@code {"key", "sha256"}}; answers {@code {"file", "width", "height"}}, the file
 * relative to the output folder. Its name follows from the key and the content, and it appears
 * whole or not at all, so to call twice does no harm: a function is called <em>at least</em> once.
 */
public final class MakeThumbnail
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  static final int SIDE = 160;

  private final Path pictures;
  private final Path thumbnails;

  /** As Lambda makes it: the folders are in the environment. */
  public MakeThumbnail() {
    this(Path.of(System.getenv("PICTURES_FOLDER")), Path.of(System.getenv("OUTPUT_FOLDER")));
  }

  MakeThumbnail(Path pictures, Path output) {
    this.pictures = pictures;
    this.thumbnails = output.resolve("thumbnails");
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> request, Context context) {
    try {
      return make(String.valueOf(request.get("key")), String.valueOf(request.get("sha256")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, Object> make(String key, String sha256) throws IOException {
    Picture small = Picture.read(pictures, key).fitting(SIDE);
    String name = name(key, sha256);
    write(small, name);
    return Map.of(
        "file", "thumbnails/" + name,
        "width", small.pixels().getWidth(),
        "height", small.pixels().getHeight());
  }

  /** For example {@code 2026-harbour-0f3c9a1b.png} for {@code 2026/harbour.jpg}. */
  private static String name(String key, String sha256) {
    String stem = key.replaceFirst("\\.[^./]*$", "").replaceAll("[^A-Za-z0-9_-]+", "-");
    return stem + "-" + sha256.substring(0, 8) + ".png";
  }

  private void write(Picture picture, String name) throws IOException {
    Files.createDirectories(thumbnails);
    Path draft = Files.createTempFile(thumbnails, ".draft-", ".png");
    try {
      ImageIO.write(picture.pixels(), "png", draft.toFile());
      Files.move(draft, thumbnails.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
