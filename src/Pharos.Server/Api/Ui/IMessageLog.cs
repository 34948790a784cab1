namespace Pharos.Server.Api.Ui;

/// <summary>What receivers were told. Callable from any thread.</summary>
internal interface IMessageLog
{
    /// <summary>How many receivers would send something.</summary>
    int ReceiverCount { get; }

    /// <summary>The time of the last message to anyone, milliseconds since the Unix epoch; 0 when there was none.</summary>
    long LastTime { get; }

    /// <summary>The last message that had an alert: whom, when (milliseconds since the Unix epoch), and whether it arrived. Null when there was none.</summary>
    (string Receiver, long Time, bool Ok)? LastOf(ulong fingerprint);

    /// <summary>Receivers whose last message was given up: when, and why.</summary>
    IReadOnlyList<(string Receiver, long Since, string Error)> FailingReceivers();
}
