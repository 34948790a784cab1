using Pharos.Rules.Views;
using Pharos.Scrape.Targets;
using Pharos.Server.Lifecycle;
using Pharos.Storage;

namespace Pharos.Server.Api.Ui;

/// <summary><c>p/status</c>: how each part of the server does, and what to do about it.</summary>
internal sealed class StatusEndpoint(UiServices services)
{
    private const double LowSpace = 0.05;

    public void Map(IEndpointRouteBuilder reading) => reading.MapUi(HttpMethods.Get, "status", WriteAsync);

    private Task WriteAsync(HttpContext context)
    {
        ComponentStatus[] components = [Configuration(), Storage(), Disk(), Scraping(), Rules(), Notifications(), SignIn(context)];
        return UiAnswer.WriteAsync(context, services.Clock, json =>
        {
            json.WriteStartArray("components"u8);
            foreach (ComponentStatus component in components)
            {
                json.WriteStartObject();
                json.WriteString("name"u8, component.Name);
                json.WriteString("state"u8, component.State);
                json.WriteString("text"u8, component.Text);
                json.WriteIfAny("fix", component.Fix);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteIfKnown("startedAt", services.StartedAt);
            json.WriteString("version"u8, BuildInfo.Version);
            json.WriteString("revision"u8, BuildInfo.Revision);
            json.WriteNumber("uptimeMs"u8, (long)(services.Clock.GetUtcNow() - services.StartedAt).TotalMilliseconds);
            json.WriteString("dataFolder"u8, Path.GetFullPath(services.DataFolder));
        });
    }

    private ComponentStatus Configuration()
    {
        ReloadOutcome reload = services.Reload.Current;
        return reload.Succeeded
            ? new ComponentStatus("Configuration", "ok", $"{UiText.Count(services.Files.Current.Count, "file")} loaded at {reload.LastSuccess.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC")
            : new ComponentStatus(
                "Configuration", "error", $"Reload failed: {reload.Place?.ToString() ?? reload.Error}", $"The configuration of {reload.LastSuccess.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC still runs. Mend the file and reload.");
    }

    private ComponentStatus Storage()
    {
        if (services.Store() is not { } store)
        {
            return new ComponentStatus("Storage", "warning", "The store is being opened.");
        }

        TsdbMetrics metrics = store.GetMetrics();
        return (metrics.WalWriteFailures, metrics.TruncationFailures) switch
        {
            ( > 0, _) => new ComponentStatus(
                "Storage", "error", $"{UiText.Count(metrics.WalWriteFailures, "write")} to the log failed since the start: samples were refused.", "Look at the disk of the data folder and at the log of the server."),
            (_, > 0) => new ComponentStatus("Storage", "warning", "Old data could not be dropped.", "Look at the log of the server."),
            _ => new ComponentStatus("Storage", "ok", $"{metrics.Series:N0} series, {metrics.SamplesAppended:N0} samples since the start"),
        };
    }

    private ComponentStatus Disk()
    {
        if (DiskSpace.Of(services.DataFolder) is not { } space)
        {
            return new ComponentStatus("Disk", "warning", "How much space is left is not known.");
        }

        string text = $"{UiText.Bytes(space.FreeBytes)} of {UiText.Bytes(space.TotalBytes)} are free";
        return space.FreeBytes < space.TotalBytes * LowSpace
            ? new ComponentStatus("Disk", "warning", text, "Make room, or keep samples for a shorter time: --storage.tsdb.retention.time.")
            : new ComponentStatus("Disk", "ok", text);
    }

    private ComponentStatus Scraping()
    {
        IReadOnlyList<ScrapePoolView> pools = services.Pools();
        int total = pools.Sum(static pool => pool.Active.Count);
        int down = pools.Sum(static pool => pool.Active.Count(static target => target.Health == TargetHealth.Down));
        string? broken = pools.Select(static pool => pool.Error).FirstOrDefault(static error => error.Length > 0);
        return (total, down, broken) switch
        {
            (_, _, not null) => new ComponentStatus("Scraping", "error", broken),
            (0, _, _) => new ComponentStatus("Scraping", "off", "There are no targets.", "Add scrape_configs to prometheus.yml."),
            (_, > 0, _) => new ComponentStatus("Scraping", "warning", $"{down} of {UiText.Count(total, "target")} {(down == 1 ? "is" : "are")} down"),
            _ => new ComponentStatus("Scraping", "ok", total == 1 ? "1 target" : $"{total:N0} targets, none is down"),
        };
    }

    private ComponentStatus Rules()
    {
        RuleView[] rules = [.. services.Rules().SelectMany(static group => group.Rules)];
        RuleView? failing = rules.FirstOrDefault(static rule => rule.Health == RuleHealth.Error);
        int failures = rules.Count(static rule => rule.Health == RuleHealth.Error);
        return (rules.Length, failing) switch
        {
            (0, _) => new ComponentStatus("Rules", "off", "There are no rules.", "Name rule files in rule_files of prometheus.yml."),
            (_, not null) => new ComponentStatus("Rules", "error", $"{UiText.Count(failures, "rule")} failed at the last evaluation; {failing.Name}: {failing.LastError}"),
            _ => new ComponentStatus("Rules", "ok", UiText.Count(rules.Length, "rule")),
        };
    }

    private ComponentStatus Notifications()
    {
        (string Receiver, long Since, string Error)[] failing = [.. services.Messages.FailingReceivers()];
        return (services.Messages.ReceiverCount, failing) switch
        {
            (_, [var first, ..]) => new ComponentStatus("Notifications", "error", $"{first.Receiver} was not told: {first.Error}"),
            (0, _) => new ComponentStatus("Notifications", "off", "No receiver is configured.", "Add receivers and a route to alertmanager.yml."),
            (int count, _) => new ComponentStatus("Notifications", "ok", UiText.Count(count, "receiver")),
        };
    }

    private ComponentStatus SignIn(HttpContext context)
    {
        if (services.Access.IsOpen)
        {
            return new ComponentStatus("Sign-in", "off", "Everybody on this machine is an admin (--web.auth=none); nobody else is answered.");
        }

        bool isClear = !context.Request.IsHttps && services.Access.ExternalUrl is not { Scheme: "https" };
        return isClear
            ? new ComponentStatus("Sign-in", "ok", "Required. Passwords travel without encryption.", "Name a certificate in --web.config.file, or stand behind a proxy with TLS.")
            : new ComponentStatus("Sign-in", "ok", "Required, over TLS");
    }
}
