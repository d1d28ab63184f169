package dev.tutti.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.functions.Code;
import dev.tutti.runner.code.BadPackage;
import dev.tutti.runner.code.CodeStore;
import dev.tutti.wire.ServiceError;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in deployment packages: when one is answered, its bytes are on disk. */
final class Packages {
  private static final Logger LOG = LoggerFactory.getLogger(Packages.class);
  private static final List<String> ELSEWHERE =
      List.of("S3Bucket", "S3Key", "S3ObjectVersion", "ImageUri");

  private final CodeStore store;

  Packages(CodeStore store) {
    this.store = store;
  }

  /**
   * Keeps the package of a request.
   *
   * @param code has {@code ZipFile}, base64
   */
  Code keep(JsonNode code) {
    for (String member : ELSEWHERE) {
      if (code.hasNonNull(member)) {
        throw Errors.invalid("Code from " + member + " is not supported here yet; use ZipFile.");
      }
    }
    if (!code.hasNonNull("ZipFile")) {
      throw Errors.invalid("Please provide a source for function code.");
    }
    try {
      var kept = store.put(Base64.getDecoder().decode(code.get("ZipFile").asText()));
      return new Code(kept.sha256(), kept.size());
    } catch (BadPackage | IllegalArgumentException e) {
      LOG.debug("a package was refused", e);
      throw unreadable();
    } catch (IOException e) {
      LOG.error("a package could not be kept", e);
      throw Errors.fault("The package could not be kept: " + e.getMessage());
    }
  }

  private static ServiceError unreadable() {
    return Errors.invalid(
        "Could not unzip uploaded file. Please check your file, then try to upload again.");
  }
}
