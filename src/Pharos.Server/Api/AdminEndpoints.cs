using System.Globalization;
using System.Security.Cryptography;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.PromQL.Syntax;
using Pharos.Storage;

namespace Pharos.Server.Api;

/// <summary><c>/api/v1/admin/tsdb/…</c>: deletion, its cleaning up, and snapshots, with <c>--web.enable-admin-api</c>.</summary>
internal sealed class AdminEndpoints
{
    private const string SnapshotFolder = "snapshots";
    private static readonly string[] Changing = [HttpMethods.Post, HttpMethods.Put];

    private readonly bool _enabled;
    private readonly Func<Tsdb?> _store;
    private readonly Func<ParserOptions> _language;
    private readonly string _dataFolder;
    private readonly TimeProvider _clock;

    /// <param name="enabled">Whether the flag was given.</param>
    /// <param name="store">Null while it is not open.</param>
    /// <param name="language">In which selectors are written.</param>
    /// <param name="dataFolder">Where snapshots go.</param>
    /// <param name="clock">Names snapshots.</param>
    public AdminEndpoints(bool enabled, Func<Tsdb?> store, Func<ParserOptions> language, string dataFolder, TimeProvider clock)
    {
        _enabled = enabled;
        _store = store;
        _language = language;
        _dataFolder = dataFolder;
        _clock = clock;
    }

    private Tsdb Store => _store() ?? throw new StorageUnavailableException("the store is not open");

    public void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "delete_series", DeleteAsync);
        Map(routes, "clean_tombstones", CleanAsync);
        Map(routes, "snapshot", SnapshotAsync);
    }

    private void Map(IEndpointRouteBuilder routes, string operation, Func<HttpContext, RequestParameters, Task> answer) => PrometheusApi.Map(
        routes,
        Changing,
        "/api/v1/admin/tsdb/" + operation,
        _enabled ? answer : static (context, _) => ApiResponse.WriteErrorAsync(context, ApiErrorType.Unavailable, "admin APIs disabled"));

    private async Task DeleteAsync(HttpContext context, RequestParameters parameters)
    {
        IReadOnlyList<string> selectors = parameters.GetAll("match[]");
        if (selectors.Count == 0)
        {
            throw new ApiParameterException("no match[] parameter provided");
        }

        long start = parameters.Time("start", ApiTime.MinTime);
        long end = parameters.Time("end", ApiTime.MaxTime);
        IReadOnlyList<IReadOnlyList<Matcher>> sets = ParseAll(selectors);

        // Every one is tried for itself, as upstream does. A client that goes away does not stop a deletion halfway.
        await RunAsync(context, "", () =>
        {
            foreach (IReadOnlyList<Matcher> matchers in sets)
            {
                Store.Delete(matchers, start, end, CancellationToken.None);
            }
        }).ConfigureAwait(false);
    }

    private Task CleanAsync(HttpContext context, RequestParameters parameters) => RunAsync(context, "", () => Store.CleanTombstones(CancellationToken.None));

    private async Task SnapshotAsync(HttpContext context, RequestParameters parameters)
    {
        bool withHead = !ReadBoolean(parameters.Get("skip_head"));
        string name = string.Create(CultureInfo.InvariantCulture, $"{_clock.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}-{RandomNumberGenerator.GetHexString(16, lowercase: true)}");
        string folder = Path.Combine(_dataFolder, SnapshotFolder, name);
        await RunAsync(context, "create snapshot: ", () => Store.Snapshot(folder, withHead, CancellationToken.None), name).ConfigureAwait(false);
    }

    // Off the request's thread: it may take minutes.
    private static async Task RunAsync(HttpContext context, string what, Action work, string? name = null)
    {
        try
        {
            await Task.Run(work, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CorruptionException)
        {
            await ApiResponse.WriteErrorAsync(context, ApiErrorType.Internal, what + e.Message).ConfigureAwait(false);
            return;
        }

        if (name is null)
        {
            // Upstream's answer has no data.
            await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, static json =>
            {
                json.WriteStartObject();
                json.WriteString("status"u8, "success"u8);
                json.WriteEndObject();
            }).ConfigureAwait(false);
            return;
        }

        await ApiResponse.WriteSuccessAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("name"u8, name);
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    // As Go's strconv.ParseBool.
    private static bool ReadBoolean(string text) => text switch
    {
        "" or "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        _ => throw ApiParameterException.Of("skip_head", $"unable to parse boolean: strconv.ParseBool: parsing {GoQuote.Quote(text)}: invalid syntax"),
    };

    private IReadOnlyList<IReadOnlyList<Matcher>> ParseAll(IReadOnlyList<string> selectors)
    {
        try
        {
            return PromQLParser.ParseMetricSelectors(selectors, _language());
        }
        catch (PromQLException e)
        {
            throw ApiParameterException.Of("match[]", e.Message);
        }
    }
}
