using Pharos.Core.Samples;

namespace Pharos.Storage.Chunks;

/// <summary>
/// Decodes upstream's newer encoding of floats: changes of step and value share their control bits, staleness markers take no value, and samples may have start timestamps.
/// Read only, and not hot: Pharos writes the older one, as upstream does unless told otherwise. Format: docs/formats/chunk.md.
/// </summary>
internal ref struct Xor2Decoder
{
    private const int HeadBytes = 3;
    private readonly ReadOnlySpan<byte> _chunk;
    private BitReader _bits;
    private long _time;
    private long _step;
    private ulong _value;
    private ulong _baseline;
    private XorWindow _window;

    public Xor2Decoder(ReadOnlySpan<byte> chunk)
    {
        _chunk = chunk;
    }

    /// <summary>Appends all samples; false when the bits do not hold so many.</summary>
    public bool TryAppend(SampleBuffer buffer)
    {
        if (_chunk.Length < HeadBytes)
        {
            return false;
        }

        int count = (_chunk[0] << 8) | _chunk[1];
        var starts = new StartTimeDecoder(_chunk[2]);
        _bits = new BitReader(_chunk[HeadBytes..]);

        // A sample takes a bit at least.
        if (count > _bits.Remaining)
        {
            return false;
        }

        buffer.EnsureCapacity(buffer.Count + count);
        for (int i = 0; i < count; i++)
        {
            long before = _time;
            ReadSample(i);
            starts.Read(ref _bits, i, _time, before);
            if (_bits.Failed)
            {
                return false;
            }

            buffer.Add(_time, BitConverter.UInt64BitsToDouble(_value));
            buffer.SetStartTimestamp(buffer.Count - 1, starts.Start);
        }

        return true;
    }

    private void ReadSample(int index)
    {
        switch (index)
        {
            case 0:
                _time = _bits.ReadVarint();
                Set(_bits.Read(64));
                break;
            case 1:
                _step = (long)_bits.ReadUvarint();
                _time = unchecked(_time + _step);
                ReadValue();
                break;
            default:
                ReadJoint();
                break;
        }
    }

    // 0: nothing changed; 10: the value; 110, 1110, 11110: the step by 13, 20 or 64 bits, then the value; 11111: a staleness marker.
    private void ReadJoint()
    {
        int ones = 0;
        while (ones < 5 && _bits.ReadBit())
        {
            ones++;
        }

        if (ones is >= 2 and <= 4)
        {
            int size = ones == 2 ? 13 : ones == 3 ? 20 : 64;
            long change = (long)(_bits.Read(size) << (64 - size)) >> (64 - size);
            _step = unchecked(_step + change);
        }

        _time = unchecked(_time + _step);
        switch (ones)
        {
            case 0:
                _value = _baseline;
                break;
            case 1:
                ReadChanged(_bits.ReadBit());
                break;
            case 5:
                _value = Staleness.MarkerBits;
                break;
            default:
                ReadValue();
                break;
        }
    }

    // 0: as before; 10: in the window before; 110: in a new one; 111: a staleness marker.
    private void ReadValue()
    {
        if (!_bits.ReadBit())
        {
            _value = _baseline;
        }
        else if (!_bits.ReadBit())
        {
            ReadChanged(isNewWindow: false);
        }
        else if (!_bits.ReadBit())
        {
            ReadChanged(isNewWindow: true);
        }
        else
        {
            _value = Staleness.MarkerBits;
        }
    }

    private void ReadChanged(bool isNewWindow)
    {
        if (isNewWindow)
        {
            _bits.ReadWindow(ref _window);
        }

        _bits.ReadSignificant(ref _baseline, _window);
        _value = _baseline;
    }

    // A staleness marker is not what the next value is compared with.
    private void Set(ulong value)
    {
        _value = value;
        if (value != Staleness.MarkerBits)
        {
            _baseline = value;
        }
    }
}
