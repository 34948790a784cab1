using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.PromQL.Syntax;

namespace Pharos.Server.Api;

/// <summary>The parameters of a request: those of a form in its body before those of its URL.</summary>
internal sealed class RequestParameters
{
    // As Go's server: a form of more than 10 MiB is refused.
    private const int MaxFormBytes = 10 << 20;
    private const int MaxFormValues = 10_000;

    private readonly IQueryCollection _query;
    private readonly IFormCollection? _form;

    private RequestParameters(IQueryCollection query, IFormCollection? form)
    {
        _query = query;
        _form = form;
    }

    /// <exception cref="ApiParameterException">The form is malformed or too large.</exception>
    public static async ValueTask<RequestParameters> ReadAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType)
        {
            return new RequestParameters(request.Query, null);
        }

        var options = new FormOptions { BufferBodyLengthLimit = MaxFormBytes, ValueLengthLimit = MaxFormBytes, KeyLengthLimit = 2048, ValueCountLimit = MaxFormValues };
        try
        {
            return new RequestParameters(request.Query, await request.ReadFormAsync(options, context.RequestAborted).ConfigureAwait(false));
        }
        catch (InvalidDataException e)
        {
            throw new ApiParameterException($"error parsing form values: {e.Message}");
        }
    }

    /// <summary>The first value, empty where there is none.</summary>
    public string Get(string name)
    {
        if (_form is not null && _form.TryGetValue(name, out StringValues values) && values.Count > 0)
        {
            return values[0] ?? "";
        }

        return _query.TryGetValue(name, out values) && values.Count > 0 ? values[0] ?? "" : "";
    }

    /// <summary>Every value, those of the form first.</summary>
    public IReadOnlyList<string> GetAll(string name)
    {
        var all = new List<string>();
        if (_form is not null && _form.TryGetValue(name, out StringValues values))
        {
            all.AddRange(values.OfType<string>());
        }

        if (_query.TryGetValue(name, out values))
        {
            all.AddRange(values.OfType<string>());
        }

        return all;
    }

    /// <summary>A time that must be there, milliseconds since the Unix epoch.</summary>
    public long RequiredTime(string name) => Parse(name, ApiTime.Parse);

    /// <summary>A time, milliseconds since the Unix epoch.</summary>
    public long Time(string name, long absent) => Get(name).Length == 0
        ? absent
        : Parse(name, text =>
        {
            try
            {
                return ApiTime.Parse(text);
            }
            catch (FormatException e)
            {
                throw new FormatException($"invalid time value for '{name}': {e.Message}", e);
            }
        });

    /// <summary>A duration that must be there, in nanoseconds.</summary>
    public long RequiredDuration(string name) => Parse(name, ApiTime.ParseDuration);

    /// <summary>A duration; null where it is absent.</summary>
    public TimeSpan? Duration(string name) => Get(name).Length == 0 ? null : new TimeSpan(Parse(name, ApiTime.ParseDuration) / TimeSpan.NanosecondsPerTick);

    /// <summary>How much may be answered; 0 means no limit.</summary>
    public int Limit()
    {
        string text = Get("limit");
        if (text.Length == 0)
        {
            return 0;
        }

        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long limit))
        {
            string digits = text.TrimStart('+', '-');
            bool isTooLarge = digits.Length > 0 && digits.All(char.IsAsciiDigit);
            throw ApiParameterException.Of("limit", $"strconv.Atoi: parsing {GoQuote.Quote(text)}: {(isTooLarge ? "value out of range" : "invalid syntax")}");
        }

        return limit < 0 ? throw ApiParameterException.Of("limit", "limit must be non-negative") : (int)Math.Min(limit, int.MaxValue);
    }

    /// <summary>The selectors of <c>match[]</c>.</summary>
    /// <exception cref="PromQLException">One of them is none.</exception>
    /// <exception cref="FormatException">One of them would select everything.</exception>
    public IReadOnlyList<IReadOnlyList<Matcher>> MatcherSets(ParserOptions options)
    {
        IReadOnlyList<IReadOnlyList<Matcher>> sets = PromQLParser.ParseMetricSelectors(GetAll("match[]"), options);
        return sets.All(static set => set.Any(static m => !m.MatchesEmpty))
            ? sets
            : throw new FormatException("match[] must contain at least one non-empty matcher");
    }

    private T Parse<T>(string name, Func<string, T> parse)
    {
        try
        {
            return parse(Get(name));
        }
        catch (FormatException e)
        {
            throw ApiParameterException.Of(name, e.Message);
        }
    }
}
