package dev.tutti.gallery.imaging;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Names a picture's main colours.
 *
 * <p>Takes {@code {"key"}}; answers {@code {"colours": ["#rrggbb", …]}}, the most frequent first.
 */
public final class FindColours implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private static final int COLOURS = 5;

  /** More pixels than these change the answer little and its time a lot. */
  private static final int SIDE = 96;

  private final Path pictures;

  /** As Lambda makes it: the folder is in the environment. */
  public FindColours() {
    this(Path.of(System.getenv("PICTURES_FOLDER")));
  }

  FindColours(Path pictures) {
    this.pictures = pictures;
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> request, Context context) {
    try {
      return Map.of("colours", colours(String.valueOf(request.get("key"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> colours(String key) throws IOException {
    Picture small = Picture.read(pictures, key).fitting(SIDE);
    return Palette.of(small.pixels(), COLOURS).stream().map("#%06x"::formatted).toList();
  }
}
