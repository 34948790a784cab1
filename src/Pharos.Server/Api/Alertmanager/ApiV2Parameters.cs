using Microsoft.Extensions.Primitives;
using Pharos.Alerting.Configuration;
using Pharos.Alerting.Matchers;
using Pharos.Alerting.Receivers;
using Pharos.Core.Matching;

namespace Pharos.Server.Api.Alertmanager;

/// <summary>The parameters of a request for alerts, groups, silences or receivers.</summary>
internal sealed class ApiV2Parameters
{
    private const int MaxMatchers = 100;
    private static readonly MatcherParser Parser = new();
    private static readonly string[] TrueWords = ["true", "1", "yes", "ok", "y", "on", "selected", "checked", "t", "enabled"];

    private readonly IQueryCollection _query;

    /// <exception cref="ApiV2Exception">A matcher or pattern is none.</exception>
    public ApiV2Parameters(HttpRequest request)
    {
        _query = request.Query;
        Filter = Matchers("filter", "");
        ReceiverMatchers = Matchers("receiver_matchers", "failed to parse receiver_matchers param: ");
        Receiver = _query["receiver"].ToString() is { Length: > 0 } pattern ? Pattern(pattern) : null;
    }

    /// <summary>What labels must fulfil.</summary>
    public IReadOnlyList<AlertMatcher> Filter { get; }

    private IReadOnlyList<AlertMatcher> ReceiverMatchers { get; }

    private AnchoredRegex? Receiver { get; }

    /// <summary>A switch that is on where it is not given.</summary>
    public bool IsOn(string name) => !_query.TryGetValue(name, out StringValues value) || TrueWords.Contains(value.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether alerts of a receiver are asked for.</summary>
    public bool Wants(string name, IReadOnlyDictionary<string, string> labels) =>
        (Receiver is null || Receiver.IsMatch(name)) && ReceiverMatchers.All(matcher => matcher.Matches(labels.GetValueOrDefault(matcher.Name, "")));

    /// <inheritdoc cref="Wants(string, IReadOnlyDictionary{string, string})"/>
    public bool Wants(Receiver receiver) => Wants(receiver.Name, receiver.Labels);

    /// <inheritdoc cref="Wants(string, IReadOnlyDictionary{string, string})"/>
    public bool Wants(ReceiverConfig receiver) => Wants(receiver.Name, receiver.Labels);

    private IReadOnlyList<AlertMatcher> Matchers(string name, string prefix)
    {
        StringValues texts = _query[name];
        if (texts.Count > MaxMatchers)
        {
            throw new ApiV2Exception(ApiV2Error.BadRequest($"{name}: {texts.Count} matchers (limit: {MaxMatchers})"));
        }

        try
        {
            return [.. texts.OfType<string>().Select(Parser.ParseOne)];
        }
        catch (MatcherException exception)
        {
            throw new ApiV2Exception(ApiV2Error.BadRequest(prefix + exception.Message));
        }
    }

    private static AnchoredRegex Pattern(string pattern)
    {
        try
        {
            _ = SearchRegex.Parse($"^(?:{pattern})$");
            return AnchoredRegex.Parse(pattern);
        }
        catch (RegexSyntaxException exception)
        {
            throw new ApiV2Exception(ApiV2Error.BadRequest($"failed to parse receiver param: {exception.Message}"));
        }
    }
}
