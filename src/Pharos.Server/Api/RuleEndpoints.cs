using Pharos.PromQL.Syntax;
using Pharos.Rules;
using Pharos.Rules.Views;

namespace Pharos.Server.Api;

/// <summary><c>/api/v1/rules</c> and <c>/api/v1/alerts</c>: what is evaluated, how it goes, and what it found.</summary>
internal sealed class RuleEndpoints(RuleManager manager, Func<ParserOptions> language)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/rules", WriteRulesAsync);
        routes.MapGet("/api/v1/alerts", WriteAlertsAsync);
    }

    private async Task WriteRulesAsync(HttpContext context)
    {
        RuleSelection selection;
        RulePage page;
        try
        {
            RequestParameters parameters = await RequestParameters.ReadAsync(context).ConfigureAwait(false);
            selection = RuleSelection.Read(parameters, language());
            page = selection.Apply(manager.GetGroups());
        }
        catch (ApiParameterException e)
        {
            await ApiResponse.WriteErrorAsync(context, ApiErrorType.BadData, e.Message).ConfigureAwait(false);
            return;
        }

        await ApiResponse.WriteSuccessAsync(context, json => RuleWriter.WritePage(json, page, selection.ExcludesAlerts)).ConfigureAwait(false);
    }

    private Task WriteAlertsAsync(HttpContext context)
    {
        IEnumerable<RuleView> rules = manager.GetGroups().SelectMany(static g => g.Rules).Where(static r => r.IsAlerting);
        return ApiResponse.WriteSuccessAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("alerts"u8);
            foreach (RuleView rule in rules)
            {
                RuleWriter.WriteAlerts(json, rule);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}
