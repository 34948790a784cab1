using System.Text.Json;
using Pharos.Alerting.Matchers;
using Pharos.Alerting.Silencing;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Server.Access;
using Pharos.Server.Lifecycle;

namespace Pharos.Server.Api.Alertmanager;

/// <summary><c>/api/v2/silences</c> and <c>/api/v2/silence/{id}</c>.</summary>
internal sealed class SilenceEndpoints(AlertingPart alerting, TimeProvider clock)
{
    private const string Body = "silence";
    private const int MaxMatchers = 1000;

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public Task ListAsync(HttpContext context)
    {
        var parameters = new ApiV2Parameters(context.Request);
        bool active = parameters.IsOn("active");
        bool pending = parameters.IsOn("pending");
        bool expired = parameters.IsOn("expired");
        long now = Now;
        List<Silence> found = [.. alerting.Alertmanager.Silences.GetAll().Where(silence => silence.StateAt(now) switch
        {
            SilenceState.Active => active,
            SilenceState.Pending => pending,
            _ => expired,
        } && IsAbout(silence, parameters.Filter))];
        found.Sort((x, y) => Compare(x, y, now));
        return ApiV2Answer.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartArray();
            found.ForEach(silence => Write(json, silence, now));
            json.WriteEndArray();
        });
    }

    public async Task PostAsync(HttpContext context)
    {
        Silence wanted;
        using (JsonDocument document = await ApiV2Body.ReadAsync(context, Body).ConfigureAwait(false))
        {
            wanted = Read(document.RootElement);
        }

        if (wanted.StartsAt >= wanted.EndsAt)
        {
            throw new ApiV2Exception(ApiV2Error.BadRequest("Failed to create silence: start time must be before end time"));
        }

        if (wanted.EndsAt < Now)
        {
            throw new ApiV2Exception(ApiV2Error.BadRequest("Failed to create silence: end time can't be in the past"));
        }

        Silence kept = await alerting.Alertmanager.Silences.SetAsync(wanted, By(context), context.RequestAborted).ConfigureAwait(false);
        await ApiV2Answer.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteString("silenceID"u8, kept.Id);
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    public Task GetAsync(HttpContext context)
    {
        if (alerting.Alertmanager.Silences.Find(Id(context)) is { } silence)
        {
            return ApiV2Answer.WriteAsync(context, StatusCodes.Status200OK, json => Write(json, silence, Now));
        }

        AnswerNotFound(context);
        return Task.CompletedTask;
    }

    public async Task DeleteAsync(HttpContext context)
    {
        try
        {
            await alerting.Alertmanager.Silences.ExpireAsync(Id(context), By(context), context.RequestAborted).ConfigureAwait(false);
        }
        catch (SilenceException exception) when (exception.IsNotFound)
        {
            AnswerNotFound(context);
        }
    }

    /// <summary>Writes a silence as upstream does.</summary>
    public static void Write(Utf8JsonWriter json, Silence silence, long now)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, silence.Id);
        json.WriteStartObject("status"u8);
        json.WriteString("state"u8, silence.StateAt(now) switch
        {
            SilenceState.Active => "active"u8,
            SilenceState.Pending => "pending"u8,
            _ => "expired"u8,
        });
        json.WriteEndObject();
        json.WriteTime("updatedAt", silence.UpdatedAt);
        json.WriteLabels("annotations", silence.Annotations);
        json.WriteString("comment"u8, silence.Comment);
        json.WriteString("createdBy"u8, silence.CreatedBy);
        json.WriteTime("endsAt", silence.EndsAt);
        json.WriteStartArray("matchers"u8);
        foreach (AlertMatcher matcher in silence.Matchers)
        {
            json.WriteStartObject();
            json.WriteBoolean("isEqual"u8, matcher.IsEqual);
            json.WriteBoolean("isRegex"u8, matcher.IsRegex);
            json.WriteString("name"u8, matcher.Name);
            json.WriteString("value"u8, matcher.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteTime("startsAt", silence.StartsAt);
        json.WriteEndObject();
    }

    /// <summary>The matchers of a body that has them under <c>matchers</c>, in upstream's form.</summary>
    /// <exception cref="ApiV2Exception">They are not there, or one of them is none.</exception>
    public static IReadOnlyList<AlertMatcher> ReadMatchers(JsonElement root)
    {
        if (!ApiV2Body.TryGet(root, "matchers", out JsonElement list))
        {
            throw Required("matchers");
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            throw ApiV2Body.Mismatch(Body, "matchers", "an array");
        }

        int count = list.GetArrayLength();
        if (count == 0)
        {
            throw new ApiV2Exception(ApiV2Error.Validation(ApiV2Error.TooFewItems, "matchers in body should have at least 1 items"));
        }

        return count <= MaxMatchers
            ? [.. list.EnumerateArray().Select(ReadMatcher)]
            : throw new ApiV2Exception(ApiV2Error.BadRequest($"invalid silence: {count} matchers (limit: {MaxMatchers})"));
    }

    private static AlertMatcher ReadMatcher(JsonElement element, int index)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw ApiV2Body.Mismatch(Body, $"matchers.{index}", "an object");
        }

        foreach (string name in (string[])["isRegex", "name", "value"])
        {
            if (!ApiV2Body.TryGet(element, name, out _))
            {
                throw Required($"matchers.{index}.{name}");
            }
        }

        string value = ApiV2Body.OptionalText(element, "value", Body);
        try
        {
            return AlertMatcher.Of(
                ApiV2Body.OptionalText(element, "name", Body),
                value,
                ApiV2Body.OptionalBoolean(element, "isRegex", Body) == true,
                ApiV2Body.OptionalBoolean(element, "isEqual", Body) ?? true);
        }
        catch (MatcherException exception)
        {
            string reason = exception.Message.Replace($"^(?:{value})$", value, StringComparison.Ordinal);
            throw new ApiV2Exception(ApiV2Error.BadRequest($"invalid silence: invalid label matcher {index} in set 0: invalid regular expression {GoQuote.Quote(value)}: {reason}"));
        }
    }

    private static Silence Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw ApiV2Body.Mismatch(Body, "the body", "an object");
        }

        // Upstream looks in this order, so that the same one of several mistakes is told.
        foreach (string name in (string[])["comment", "createdBy", "endsAt"])
        {
            if (!ApiV2Body.TryGet(root, name, out _))
            {
                throw Required(name);
            }
        }

        IReadOnlyList<AlertMatcher> matchers = ReadMatchers(root);
        if (!ApiV2Body.TryGet(root, "startsAt", out _))
        {
            throw Required("startsAt");
        }

        return new Silence(
            ApiV2Body.OptionalText(root, "id", Body),
            matchers,
            ApiV2Body.OptionalTime(root, "startsAt", Body),
            ApiV2Body.OptionalTime(root, "endsAt", Body),
            UpdatedAt: 0,
            ApiV2Body.OptionalText(root, "createdBy", Body),
            ApiV2Body.OptionalText(root, "comment", Body),
            ApiV2Body.Labels(root, "annotations", Body));
    }

    private static ApiV2Exception Required(string name) => new(ApiV2Error.Validation(ApiV2Error.Required, $"{name} in body is required"));

    // As upstream: the filter is held against the values that the silence's matchers name.
    private static bool IsAbout(Silence silence, IReadOnlyList<AlertMatcher> filter) =>
        filter.All(wanted => wanted.Matches(silence.Matchers.LastOrDefault(matcher => matcher.Name == wanted.Name)?.Value ?? ""));

    // Active ones first, the next to end before others; then what comes, the next first; then what is over, the last first.
    private static int Compare(Silence x, Silence y, long now)
    {
        SilenceState state = x.StateAt(now);
        int order = Rank(state) - Rank(y.StateAt(now));
        if (order != 0)
        {
            return order;
        }

        order = state switch
        {
            SilenceState.Active => x.EndsAt.CompareTo(y.EndsAt),
            SilenceState.Pending => x.StartsAt.CompareTo(y.StartsAt),
            _ => y.EndsAt.CompareTo(x.EndsAt),
        };
        return order != 0 ? order : string.CompareOrdinal(x.Id, y.Id);
    }

    private static int Rank(SilenceState state) => state switch
    {
        SilenceState.Active => 0,
        SilenceState.Pending => 1,
        _ => 2,
    };

    // As upstream: without a body.
    private static void AnswerNotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentLength = 0;
    }

    private static string Id(HttpContext context)
    {
        string id = (string)context.Request.RouteValues["id"]!;
        return Guid.TryParseExact(id, "D", out _)
            ? id
            : throw new ApiV2Exception(ApiV2Error.Validation(ApiV2Error.WrongType, $"silenceID in path must be of type uuid: {GoQuote.Quote(id)}"));
    }

    private static string By(HttpContext context) => context.GetCaller() is { Kind: not CallerKind.Anonymous } caller ? caller.ToString() : "";
}
