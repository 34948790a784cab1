using Pharos.Rules.Views;

namespace Pharos.Server.Api.Ui.Alerts;

/// <summary><c>p/rules/places</c>: the line of each rule, which <c>/api/v1/rules</c> of upstream does not say; groups and rules are in the same order.</summary>
internal sealed class RulePlacesEndpoint(Func<IReadOnlyList<RuleGroupView>> rules, TimeProvider clock)
{
    public void Map(IEndpointRouteBuilder reading) => reading.MapUi(HttpMethods.Get, "rules/places", WriteAsync);

    private Task WriteAsync(HttpContext context)
    {
        IReadOnlyList<RuleGroupView> groups = rules();
        return UiAnswer.WriteAsync(context, clock, json =>
        {
            json.WriteStartArray("groups"u8);
            foreach (RuleGroupView group in groups)
            {
                json.WriteStartObject();
                json.WriteString("name"u8, group.Name);
                json.WriteString("file"u8, group.File);
                json.WriteStartArray("lines"u8);
                foreach (RuleView rule in group.Rules)
                {
                    json.WriteNumberValue(rule.Position.Line);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }
}
