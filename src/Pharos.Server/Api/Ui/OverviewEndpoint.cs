using System.Text.Json;
using Pharos.Server.Api.Ui.Alerts;

namespace Pharos.Server.Api.Ui;

/// <summary><c>p/overview</c>: gathered by one request at a time and good for two seconds, so that many open pages cost as much as one.</summary>
internal sealed class OverviewEndpoint
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private const long SameRange = 2000;

    /// <summary>One gathers; the others wait and mostly find what they want.</summary>
    private static readonly SemaphoreSlim OneAtATime = new(1);

    private readonly UiServices _services;
    private (Overview Overview, UiRange Range, long Gathered)? _last;

    public OverviewEndpoint(UiServices services)
    {
        _services = services;
    }

    public void Map(IEndpointRouteBuilder reading) => reading.MapUi(HttpMethods.Get, "overview", WriteAsync);

    private async Task WriteAsync(HttpContext context)
    {
        var range = UiRange.Read(context, _services.Clock);
        Overview overview = await GatherAsync(range, context.RequestAborted).ConfigureAwait(false);
        await UiAnswer.WriteAsync(context, _services.Clock, json => Write(json, overview)).ConfigureAwait(false);
    }

    private async Task<Overview> GatherAsync(UiRange range, CancellationToken cancellationToken)
    {
        await OneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_last is { } last && _services.Clock.GetElapsedTime(last.Gathered) < Fresh
                && Math.Abs(last.Range.From - range.From) < SameRange && Math.Abs(last.Range.To - range.To) < SameRange)
            {
                return last.Overview;
            }

            long gathered = _services.Clock.GetTimestamp();
            Overview overview = await Overview.GatherAsync(_services, range, cancellationToken).ConfigureAwait(false);
            _last = (overview, range, gathered);
            return overview;
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private static void Write(Utf8JsonWriter json, Overview overview)
    {
        json.WriteString("sentence"u8, overview.Sentence);
        if (overview.Shortly.Count > 0)
        {
            json.WriteStartArray("shortly"u8);
            foreach (Change change in overview.Shortly)
            {
                json.WriteStartObject();
                json.WriteNumber("time"u8, change.Time);
                json.WriteString("text"u8, change.Title);
                json.WriteIfAny("link", change.Link);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        WriteWrong(json, overview);
        WriteBroken(json, overview.Broken);
        WriteServices(json, overview.Services);
        WriteSelf(json, overview.Self);
    }

    private static void WriteWrong(Utf8JsonWriter json, Overview overview)
    {
        json.WriteStartArray("wrong"u8);
        foreach (WrongAlert wrong in overview.Wrong)
        {
            json.WriteStartObject();
            json.WriteAlertFields(wrong.Alert);
            wrong.Spark?.Write(json, "spark");
            if (wrong.Told is { } told)
            {
                json.WriteStartObject("told"u8);
                json.WriteString("receiver"u8, told.Receiver);
                json.WriteNumber("time"u8, told.Time);
                json.WriteBoolean("ok"u8, told.Ok);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteLimited(overview.Wrong.Count, overview.WrongTotal);
        json.WriteNumber("silenced"u8, overview.Silenced);
    }

    private static void WriteBroken(Utf8JsonWriter json, IReadOnlyList<BrokenThing> things)
    {
        json.WriteStartArray("broken"u8);
        foreach (BrokenThing thing in things)
        {
            json.WriteStartObject();
            json.WriteString("kind"u8, thing.Kind);
            json.WriteString("subject"u8, thing.Subject);
            json.WriteString("text"u8, thing.Text);
            if (thing.Since is { } since)
            {
                json.WriteNumber("since"u8, since);
            }

            json.WriteString("link"u8, thing.Link);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteServices(Utf8JsonWriter json, IReadOnlyList<ServiceRow> rows)
    {
        json.WriteStartArray("services"u8);
        foreach (ServiceRow row in rows)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, row.Name);
            json.WriteNumber("up"u8, row.Up);
            json.WriteNumber("total"u8, row.Total);
            WriteIfKnown(json, "requests", row.Requests);
            WriteIfKnown(json, "errors", row.Errors);
            WriteIfKnown(json, "p95", row.P95);
            json.WriteStartArray("ribbon"u8);
            foreach ((long from, long to, string state) in row.Ribbon)
            {
                json.WriteStartObject();
                json.WriteNumber("from"u8, from);
                json.WriteNumber("to"u8, to);
                json.WriteString("state"u8, state);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSelf(Utf8JsonWriter json, SelfReport self)
    {
        json.WriteStartObject("self"u8);
        json.WriteBoolean("well"u8, self.Well);
        json.WriteNumber("samplesPerSecond"u8, self.SamplesPerSecond);
        json.WriteNumber("series"u8, self.Series);
        WriteIfKnown(json, "queryP95Ms", self.QueryP95Ms);
        if (self.Rules is { } rules)
        {
            json.WriteStartObject("rules"u8);
            json.WriteNumber("worstMs"u8, rules.WorstMs);
            json.WriteNumber("intervalMs"u8, rules.IntervalMs);
            json.WriteEndObject();
        }

        json.WriteStartObject("notifications"u8);
        json.WriteNumber("sent"u8, self.Notifications.Sent);
        json.WriteNumber("failed"u8, self.Notifications.Failed);
        json.WriteEndObject();
        json.WriteStartObject("disk"u8);
        json.WriteNumber("usedBytes"u8, self.UsedBytes);
        if (self.Disk is { } disk)
        {
            json.WriteNumber("freeBytes"u8, disk.FreeBytes);
            json.WriteNumber("totalBytes"u8, disk.TotalBytes);
        }

        WriteIfKnown(json, "fullInSeconds", self.FullInSeconds);
        json.WriteEndObject();
        json.WriteStartObject("sparks"u8);
        self.SamplesSpark?.Write(json, "samples");
        self.SeriesSpark?.Write(json, "series");
        self.QueriesSpark?.Write(json, "queries");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteIfKnown(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } known && double.IsFinite(known))
        {
            json.WriteNumber(name, known);
        }
    }
}
