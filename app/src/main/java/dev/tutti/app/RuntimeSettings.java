package dev.tutti.app;

import dev.tutti.services.Operations;
import dev.tutti.services.gateway.Gateways;
import dev.tutti.services.mail.MailServer;
import dev.tutti.services.objects.S3Endpoint;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a runtime is told.
 *
 * @param data the data directory
 * @param port to listen on; 0 for any that is free
 * @param publicUrl where others reach it, for the links in what it sends; null where that is its
 *     port
 * @param objects folder of the buckets; null for one in the data directory
 * @param s3 where buckets are instead of in a folder; null where they aren't
 * @param elsewhere performs operations of services that aren't here
 * @param mail takes mail; null where nobody does
 * @param gateways take what goes to phones
 */
record RuntimeSettings(
    Path data,
    int port,
    @Nullable String publicUrl,
    @Nullable Path objects,
    @Nullable S3Endpoint s3,
    Operations.Elsewhere elsewhere,
    @Nullable MailServer mail,
    Gateways gateways) {

  /** Where there is nothing outside. */
  static RuntimeSettings of(Path data, int port) {
    return new RuntimeSettings(
        data, port, null, null, null, Operations.Elsewhere.NOWHERE, null, Gateways.NONE);
  }

  RuntimeSettings withPublicUrl(@Nullable String url) {
    return new RuntimeSettings(data, port, url, objects, s3, elsewhere, mail, gateways);
  }

  RuntimeSettings withObjects(@Nullable Path folder) {
    return new RuntimeSettings(data, port, publicUrl, folder, s3, elsewhere, mail, gateways);
  }

  RuntimeSettings withS3(@Nullable S3Endpoint endpoint) {
    return new RuntimeSettings(data, port, publicUrl, objects, endpoint, elsewhere, mail, gateways);
  }

  RuntimeSettings withElsewhere(Operations.Elsewhere performer) {
    return new RuntimeSettings(data, port, publicUrl, objects, s3, performer, mail, gateways);
  }

  RuntimeSettings withMail(@Nullable MailServer server) {
    return new RuntimeSettings(data, port, publicUrl, objects, s3, elsewhere, server, gateways);
  }

  RuntimeSettings withGateways(Gateways to) {
    return new RuntimeSettings(data, port, publicUrl, objects, s3, elsewhere, mail, to);
  }
}
