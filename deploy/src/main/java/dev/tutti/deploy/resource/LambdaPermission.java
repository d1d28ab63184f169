package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code AWS::Lambda::Permission}. */
final class LambdaPermission implements ResourceType {
  @Override
  public List<Resource> read(String logicalId, Place place, Shape shape, Site site) {
    String function = shape.required("FunctionName");
    ObjectNode grant = Json.object();
    grant.put("Action", shape.required("Action"));
    grant.put("Principal", shape.required("Principal"));
    for (String name : List.of("SourceArn", "SourceAccount")) {
      String value = shape.text(name);
      if (value != null) {
        grant.put(name, value);
      }
    }
    shape.done();
    String arn =
        function.startsWith("arn:") ? function : site.arn("lambda", "function:" + function);
    return List.of(resource(logicalId, place, function, grant, Set.of(arn), site));
  }

  static Resource resource(
      String logicalId,
      Place place,
      String function,
      ObjectNode grant,
      Set<String> needs,
      Site site) {
    String statement = site.name(logicalId, 100);
    return new Resource(
        logicalId,
        PermissionBody.TYPE,
        place,
        function + "|" + statement,
        statement,
        Map.of("Id", statement),
        needs,
        needs.iterator().next(),
        new PermissionBody(function, statement, grant));
  }
}
