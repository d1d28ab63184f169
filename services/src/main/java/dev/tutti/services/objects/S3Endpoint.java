package dev.tutti.services.objects;

import dev.tutti.services.forward.Destination;
import dev.tutti.services.forward.Signing;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where another S3 is, and who calls there.
 *
 * @param address without a path: buckets and keys are its path
 * @param region that requests are signed for
 * @param signing null where each context signs with its account as access key, which any runtime of
 *     this kind takes; AWS needs real ones
 */
public record S3Endpoint(URI address, String region, @Nullable Signing signing) {
  private static final String REGION = "us-east-1";
  private static final Pattern AWS =
      Pattern.compile(
          "s3[.-](?:dualstack\\.)?([a-z]{2}(?:-[a-z]+)+-\\d)\\.amazonaws\\.com(?:\\.cn)?");

  /**
   * Reads an address; the region is the one that a name of AWS's tells, else us-east-1.
   *
   * @throws IllegalArgumentException where it can't be one; the message is for people
   */
  public static S3Endpoint of(String url, @Nullable Signing signing) {
    URI address = Destination.address(url);
    if (!address.getRawPath().isEmpty() || address.getRawQuery() != null) {
      throw new IllegalArgumentException(url + " has a path, where buckets are to be");
    }
    Matcher named = AWS.matcher(String.valueOf(address.getHost()));
    return new S3Endpoint(address, named.matches() ? named.group(1) : REGION, signing);
  }
}
