namespace Pharos.Server.Api.Ui;

/// <summary><c>p/changes</c>: what happened, newest first.</summary>
internal sealed class ChangeEndpoint(UiServices services)
{
    private const int UsualLimit = 100;
    private const int MaxLimit = 1000;

    public void Map(IEndpointRouteBuilder reading) => reading.MapUi(HttpMethods.Get, "changes", WriteAsync);

    private Task WriteAsync(HttpContext context)
    {
        var range = UiRange.Read(context, services.Clock);
        int limit = UiRange.Number(context, "limit", UsualLimit, MaxLimit);
        IReadOnlyList<Change> changes = Changes.Of(services.Journal, range);
        return UiAnswer.WriteAsync(context, services.Clock, json =>
        {
            json.WriteStartArray("changes"u8);
            foreach (Change change in changes.Take(limit))
            {
                json.WriteStartObject();
                json.WriteNumber("time"u8, change.Time);
                json.WriteString("kind"u8, change.Kind);
                json.WriteString("title"u8, change.Title);
                json.WriteIfAny("detail", change.Detail);
                json.WriteIfAny("link", change.Link);
                json.WriteIfAny("by", change.By);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteLimited(Math.Min(limit, changes.Count), changes.Count);
        });
    }
}
