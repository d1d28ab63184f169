package dev.tutti.services.objects;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** How S3 sorts keys: by their bytes in UTF-8. */
public final class Keys {
  public static final Comparator<String> ORDER =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private Keys() {}
}
