using System.Buffers;

namespace Pharos.Server.Logging;

/// <summary>Writes a line in one form, its newline included. Thread-safe: it has no state.</summary>
internal interface ILogLineWriter
{
    void Write(in LogLine line, IBufferWriter<byte> output);
}
