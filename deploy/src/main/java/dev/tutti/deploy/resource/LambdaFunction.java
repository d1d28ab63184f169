package dev.tutti.deploy.resource;

import dev.tutti.deploy.template.Node;
import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.util.List;

/** {@code AWS::Lambda::Function}, its code in the template or in a local file or folder. */
final class LambdaFunction implements ResourceType {
  @Override
  public List<Resource> read(String logicalId, Place place, Shape shape, Site site) {
    shape.noEffect("TracingConfig");
    FunctionReading reading =
        new FunctionReading(logicalId, place, shape, site, "DeadLetterConfig");
    if (shape.text("Role") == null) {
      shape.required("Role");
    }
    Resource function = reading.function(code(shape, reading));
    shape.done();
    return List.of(function);
  }

  private static byte[] code(Shape shape, FunctionReading reading) {
    Node code = shape.node("Code");
    if (code instanceof Node.Scalar path) {
      return reading.at("Code", path.text());
    }
    if (code == null) {
      shape.required("Code");
      return new byte[0];
    }
    Shape holder = shape.shape("Code");
    String text = holder == null ? null : holder.text("ZipFile");
    if (holder == null || text == null) {
      if (holder != null) {
        holder.refuse("S3Bucket", "code in a bucket can't be reached from here");
        holder.refuse("S3Key", "code in a bucket can't be reached from here");
        holder.refuse("S3ObjectVersion", "code in a bucket can't be reached from here");
        holder.done();
      }
      return new byte[0];
    }
    holder.done();
    return reading.inline("ZipFile", holder, text);
  }
}
