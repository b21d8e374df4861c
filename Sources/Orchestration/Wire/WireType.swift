/// The wire types of protobuf that Waybill's messages use.
enum WireType: UInt32 {
    case varint = 0
    case fixed64 = 1
    case bytes = 2
    case fixed32 = 5
}
